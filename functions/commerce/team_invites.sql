-- Undo: drop trigger _010_identity on commerce.team_invites; drop trigger _050_email on commerce.team_invites; drop trigger _120_updated_at on commerce.team_invites; drop trigger _300_transition_status on commerce.team_invites; drop trigger _060_permissions on commerce.team_invites; drop trigger _900_audit_delete on commerce.team_invites; drop trigger _900_audit_insert on commerce.team_invites; drop trigger _900_audit_truncate on commerce.team_invites; drop trigger _900_audit_update on commerce.team_invites; drop function audit.tg_team_invites();
select internal.attach_identity('commerce.team_invites');
select internal.attach_lower_email('commerce.team_invites');
select internal.attach_updated_at('commerce.team_invites');
select internal.attach_state_machine('commerce.team_invites', 'status');

create or replace trigger _060_permissions
  before insert or update of permissions on commerce.team_invites
  for each row execute function internal.tg_team_members__permissions();

select audit.attach('commerce.team_invites');
