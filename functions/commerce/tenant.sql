-- Undo: drop trigger _010_identity on commerce.tenant; drop trigger _050_email on commerce.tenant; drop trigger _100_version on commerce.tenant; drop trigger _110_version_required on commerce.tenant; drop trigger _300_transition_status on commerce.tenant; drop trigger _060_timezone on commerce.tenant; drop trigger _500_domain_claim on commerce.tenant; drop trigger _510_sessions on commerce.tenant; drop trigger _520_last_owner on commerce.tenant; drop trigger _900_audit_delete on commerce.tenant; drop trigger _900_audit_insert on commerce.tenant; drop trigger _900_audit_truncate on commerce.tenant; drop trigger _900_audit_update on commerce.tenant; drop function audit.tg_tenant();
select internal.attach_identity('commerce.tenant');
select internal.attach_lower_email('commerce.tenant');
select internal.attach_version('commerce.tenant');
select internal.attach_state_machine('commerce.tenant', 'status');

create or replace trigger _060_timezone
  before insert or update of timezone on commerce.tenant
  for each row execute function internal.tg_tenant__timezone();

-- Before the row is written: the unique key of domain would else speak first.
create or replace trigger _500_domain_claim
  before insert or update of domain, name, is_active, status on commerce.tenant
  for each row execute function internal.tg_tenant__domain_claim();

create or replace trigger _510_sessions
  after insert or update of is_active, status on commerce.tenant
  for each row execute function internal.tg_tenant__sessions();

-- At the end of the transaction, because the owner of a new tenant comes after it.
drop trigger if exists _520_last_owner on commerce.tenant;
create constraint trigger _520_last_owner
  after insert or update of is_active on commerce.tenant
  deferrable initially deferred
  for each row when (new.is_active)
  execute function internal.tg__last_owner('id');

select audit.attach('commerce.tenant');
