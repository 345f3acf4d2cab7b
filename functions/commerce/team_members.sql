-- Undo: drop trigger _010_identity on commerce.team_members; drop trigger _100_version on commerce.team_members; drop trigger _110_version_required on commerce.team_members; drop trigger _060_permissions on commerce.team_members; drop trigger _500_sessions on commerce.team_members; drop trigger _510_last_owner on commerce.team_members; drop trigger _900_audit_delete on commerce.team_members; drop trigger _900_audit_insert on commerce.team_members; drop trigger _900_audit_truncate on commerce.team_members; drop trigger _900_audit_update on commerce.team_members; drop function audit.tg_team_members();
select internal.attach_identity('commerce.team_members');
select internal.attach_version('commerce.team_members');

create or replace trigger _060_permissions
  before insert or update of permissions on commerce.team_members
  for each row execute function internal.tg_team_members__permissions();

create or replace trigger _500_sessions
  after insert or update or delete on commerce.team_members
  for each row execute function internal.tg_team_members__sessions();

-- At the end of the transaction, so that ownership can be handed over in two steps.
drop trigger if exists _510_last_owner on commerce.team_members;
create constraint trigger _510_last_owner
  after update of role, is_active or delete on commerce.team_members
  deferrable initially deferred
  for each row when (old.role = 'owner' and old.is_active)
  execute function internal.tg__last_owner('tenant_id');

select audit.attach('commerce.team_members');
