select internal.attach_reference_table('commerce.role_permission');

-- What a role may do has changed: every member comes back with a new session.
create or replace trigger _500_sessions
  after insert or update or delete or truncate on commerce.role_permission
  for each statement execute function internal.tg_role_permission__sessions();

select internal.grant_select('api.role_permission');
