-- Undo: drop trigger _010_identity on commerce.saved_payment_method; drop trigger _100_version on commerce.saved_payment_method; drop trigger _110_version_required on commerce.saved_payment_method; drop trigger _190_live_parents on commerce.saved_payment_method; drop trigger _200_soft_delete on commerce.saved_payment_method; drop trigger _210_soft_delete_children on commerce.saved_payment_method; drop trigger _900_audit_delete on commerce.saved_payment_method; drop trigger _900_audit_insert on commerce.saved_payment_method; drop trigger _900_audit_truncate on commerce.saved_payment_method; drop trigger _900_audit_update on commerce.saved_payment_method; drop function audit.tg_saved_payment_method();
select internal.attach_identity('commerce.saved_payment_method');
select internal.attach_version('commerce.saved_payment_method');
select internal.attach_soft_delete('commerce.saved_payment_method');

select audit.attach('commerce.saved_payment_method');
