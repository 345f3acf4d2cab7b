-- Undo: drop trigger _005_tenant_key on commerce.users; drop trigger _010_identity on commerce.users; drop trigger _050_email on commerce.users; drop trigger _100_version on commerce.users; drop trigger _110_version_required on commerce.users; drop trigger _120_updated_at on commerce.users; drop trigger _190_live_parents on commerce.users; drop trigger _200_soft_delete on commerce.users; drop trigger _210_soft_delete_children on commerce.users; drop trigger _500_login_subject on commerce.users; drop trigger _900_audit_delete on commerce.users; drop trigger _900_audit_insert on commerce.users; drop trigger _900_audit_truncate on commerce.users; drop trigger _900_audit_update on commerce.users; drop function audit.tg_users();
select internal.attach_tenant_key('commerce.users');
select internal.attach_identity('commerce.users');
select internal.attach_lower_email('commerce.users');
select internal.attach_version('commerce.users');
select internal.attach_updated_at('commerce.users');
select internal.attach_soft_delete('commerce.users');

create or replace trigger _500_login_subject
  after insert or update of auth_subject, is_deleted or delete on commerce.users
  for each row execute function internal.tg_users__login_subject();

select audit.attach('commerce.users');
