-- A transaction that writes messages holds the lock of the thread, so the numbers are in the order in which messages
-- become visible; the unique key stops one that does not.
create or replace function internal.tg_conversation_history__arrival()
  returns trigger
  language plpgsql
  security definer  -- lends: reading the messages of the thread
  set search_path = pg_catalog, pg_temp
as $$
begin
  select coalesce(max(h.arrival), 0) + 1
    into new.arrival
    from commerce.conversation_history as h
   where h.tenant_id = new.tenant_id and h.thread_id = new.thread_id;
  return new;
end
$$;

alter function internal.tg_conversation_history__arrival() owner to commerce_system;
comment on function internal.tg_conversation_history__arrival() is
  'Trigger: numbers the messages of a thread in the order in which they are stored.';
