-- Undo: drop trigger _000_append_only on commerce.order_status_history; drop trigger _000_append_only_truncate on commerce.order_status_history; drop trigger _010_identity on commerce.order_status_history; drop trigger _800_live on commerce.order_status_history;
-- Requires: functions/internal/triggers/tg__live.sql
select internal.attach_append_only('commerce.order_status_history');
select internal.attach_identity('commerce.order_status_history');

create or replace trigger _800_live
  after insert on commerce.order_status_history
  for each row execute function internal.tg__live('order_changes');
