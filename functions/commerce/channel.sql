-- Undo: drop trigger _010_identity on commerce.channel; drop trigger _100_version on commerce.channel; drop trigger _110_version_required on commerce.channel; drop trigger _190_live_parents on commerce.channel; drop trigger _200_soft_delete on commerce.channel; drop trigger _210_soft_delete_children on commerce.channel; drop trigger _500_route on commerce.channel; drop trigger _900_audit_delete on commerce.channel; drop trigger _900_audit_insert on commerce.channel; drop trigger _900_audit_truncate on commerce.channel; drop trigger _900_audit_update on commerce.channel; drop function audit.tg_channel(); drop trigger _800_plan_limit on commerce.channel; drop trigger _810_plan_limit_restore on commerce.channel;
-- Requires: functions/internal/triggers/tg_channel__route.sql
select internal.attach_identity('commerce.channel');
select internal.attach_version('commerce.channel');
select internal.attach_updated_at('commerce.channel');
select internal.attach_soft_delete('commerce.channel');

-- Before the row is written: its unique key would else speak first, and differently of one's own.
create or replace trigger _500_route
  before insert or update of channel_type, external_account_id, is_deleted on commerce.channel
  for each row execute function internal.tg_channel__route();

select audit.attach('commerce.channel');

create or replace trigger _800_plan_limit
  after insert on commerce.channel
  for each row execute function internal.tg__plan_limit('channels', 'channel');

create or replace trigger _810_plan_limit_restore
  after update of is_deleted on commerce.channel
  for each row when (old.is_deleted and not new.is_deleted)
  execute function internal.tg__plan_limit('channels', 'channel');
