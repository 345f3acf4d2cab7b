-- Undo: drop trigger _500_sessions on commerce.role_permission; drop trigger _900_audit_delete on commerce.role_permission; drop trigger _900_audit_insert on commerce.role_permission; drop trigger _900_audit_truncate on commerce.role_permission; drop trigger _900_audit_update on commerce.role_permission; drop function audit.tg_role_permission();
-- What a role may do has changed: every member comes back with a new session.
create or replace trigger _500_sessions
  after insert or update or delete or truncate on commerce.role_permission
  for each statement execute function internal.tg_role_permission__sessions();

select audit.attach('commerce.role_permission');
