-- Receipts arrive late, twice and in any order. A receipt that internal.state_transition does not allow is
-- ignored, not refused: the sender could do nothing about it.
create or replace function internal.tg_conversation_history__delivery()
  returns trigger
  language plpgsql
  security definer  -- lends: reading internal.state_transition
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (
    select
      from internal.state_transition as t
     where t.machine = 'conversation_history.delivery_status'
       and t.from_state = old.delivery_status
       and t.to_state = new.delivery_status
  ) then
    new.delivery_status := old.delivery_status;
    new.failed_at := old.failed_at;
    new.error_code := old.error_code;
    new.error_message := old.error_message;
  end if;

  -- A late receipt still shows when a step was reached; the earliest time counts, whichever came first. A message that
  -- is sent again has reached none.
  if new.delivery_status <> 'queued' then
    new.sent_at := least(old.sent_at, new.sent_at);
    new.delivered_at := least(old.delivered_at, new.delivered_at);
    new.read_at := least(old.read_at, new.read_at);
  end if;
  return new;
end
$$;

alter function internal.tg_conversation_history__delivery() owner to commerce_definer;
comment on function internal.tg_conversation_history__delivery() is
  'Trigger: the delivery of a message only moves forward; a receipt that would move it back is ignored.';
