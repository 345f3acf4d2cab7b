-- Undo: drop trigger _010_identity on commerce.address_book; drop trigger _100_version on commerce.address_book; drop trigger _110_version_required on commerce.address_book; drop trigger _190_live_parents on commerce.address_book; drop trigger _200_soft_delete on commerce.address_book; drop trigger _210_soft_delete_children on commerce.address_book; drop trigger _900_audit_delete on commerce.address_book; drop trigger _900_audit_insert on commerce.address_book; drop trigger _900_audit_truncate on commerce.address_book; drop trigger _900_audit_update on commerce.address_book; drop function audit.tg_address_book();
select internal.attach_identity('commerce.address_book');
select internal.attach_version('commerce.address_book');
select internal.attach_soft_delete('commerce.address_book');

select audit.attach('commerce.address_book');
