create or replace function api.message_changes(p_thread_id uuid, p_after uuid, p_first integer)
  returns table (id uuid, message_id uuid)
  language plpgsql
  stable
  security definer  -- lends: reading the events of messages
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.require_tenant();
  v_is_shopper boolean := internal.session_role() in ('commerce_buyer', 'commerce_anonymous');
  v_customer_id uuid := case when v_is_shopper then internal.customer_id() end;
begin
  if not v_is_shopper then
    perform internal.require_permission('conversations.read');
  end if;
  perform internal.refuse_faults(
    case when p_after is null then internal.fault('after', 'must be given') end,
    case when coalesce(p_first not between 1 and 1000, true) then internal.fault('first', 'must be 1 to 1000') end
  );

  if p_thread_id is not null
    and not exists (
      select
        from commerce.conversation_thread as t
       where t.tenant_id = v_tenant_id
         and t.id = p_thread_id
         and (not v_is_shopper or t.customer_id = v_customer_id)
    )
  then
    perform internal.refuse_missing('thread_id');
  end if;

  return query
    select e.id, e.conversation_id
      from commerce.conversation_event as e
     where e.tenant_id = v_tenant_id
       and e.id > p_after
       and e.event_type like 'message%'
       and e.event_type <> 'message_received'
       and (p_thread_id is null or e.thread_id = p_thread_id)
       and (
         not v_is_shopper
         or e.thread_id in (
           select t.id
             from commerce.conversation_thread as t
            where t.tenant_id = v_tenant_id and t.customer_id = v_customer_id
         )
       )
     order by e.id
     limit p_first;
end
$$;

alter function api.message_changes(uuid, uuid, integer) owner to commerce_definer;
grant execute on function api.message_changes(uuid, uuid, integer)
  to commerce_member, commerce_buyer, commerce_anonymous;
comment on function api.message_changes(uuid, uuid, integer) is
  'The events behind the given one that tell what has become of messages (delivery, edits, deletions, reactions, files), in their order, each with its message: of one thread, or of all that the caller may read. SCTEN, SCPRM, SCVAL, SCNTF for a thread that the caller may not see.
@behavior -*';
