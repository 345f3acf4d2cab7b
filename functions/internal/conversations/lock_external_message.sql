-- Undo: drop function internal.lock_external_message(uuid, text);
create or replace function internal.lock_external_message(p_channel_id uuid, p_external_message_id text)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select pg_advisory_xact_lock(hashtextextended(p_channel_id || ' ' || p_external_message_id, 1))
$$;

grant execute on function internal.lock_external_message(uuid, text) to commerce_definer;
comment on function internal.lock_external_message(uuid, text) is
  'Holds, to the end of the transaction, the sender who tells a provider''s id and the receipts that name it apart: either finds what the other has written.';
