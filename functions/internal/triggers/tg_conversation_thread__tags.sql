create or replace function internal.tg_conversation_thread__tags()
  returns trigger
  language plpgsql
  security definer  -- lends: writing conversation events
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, metadata)
  select h.tenant_id, h.thread_id, h.id, 'tag_changed',
         jsonb_build_object(
           'added', array(select n.tag from unnest(new.tags) as n (tag) where n.tag <> all (old.tags)),
           'removed', array(select o.tag from unnest(old.tags) as o (tag) where o.tag <> all (new.tags)))
    from commerce.conversation_history as h
   where h.tenant_id = new.tenant_id and h.thread_id = new.id
   order by h.arrival desc
   limit 1;
  return null;
end
$$;

alter function internal.tg_conversation_thread__tags() owner to commerce_definer;
comment on function internal.tg_conversation_thread__tags() is
  'Trigger: labels of a thread that change leave an event, which names those that were added and removed.';
