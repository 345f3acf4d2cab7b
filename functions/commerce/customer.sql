-- Undo: drop trigger _010_identity on commerce.customer; drop trigger _050_email on commerce.customer; drop trigger _100_version on commerce.customer; drop trigger _110_version_required on commerce.customer; drop trigger _120_updated_at on commerce.customer; drop trigger _190_live_parents on commerce.customer; drop trigger _200_soft_delete on commerce.customer; drop trigger _210_soft_delete_children on commerce.customer; drop trigger _900_audit_delete on commerce.customer; drop trigger _900_audit_insert on commerce.customer; drop trigger _900_audit_truncate on commerce.customer; drop trigger _900_audit_update on commerce.customer; drop function audit.tg_customer();
select internal.attach_identity('commerce.customer');
select internal.attach_lower_email('commerce.customer');
select internal.attach_version('commerce.customer');
select internal.attach_updated_at('commerce.customer');
select internal.attach_soft_delete('commerce.customer');

select audit.attach('commerce.customer');
