create or replace function internal.seed_demo_reply(p_thread_id uuid, p_message_id uuid, p_user_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, sender_user_id, reply_to_id, occurred_at, sent_at,
    delivered_at, direction, sender_type, delivery_status, message
  )
  select v_tenant_id, h.thread_id, h.channel_id, h.customer_id, p_user_id, h.id, a.at, a.at, a.at, 'outbound',
         'merchant', 'delivered', 'Thank you for writing! Yes, we can do that. Shall I take your order?'
    from commerce.conversation_history as h, lateral (select h.occurred_at + interval '4 minutes') as a (at)
   where h.tenant_id = v_tenant_id and h.id = p_message_id;
  update commerce.conversation_thread as t
     set assigned_member_id = m.id, unread_count = 0, version = t.version
    from commerce.team_members as m
   where t.tenant_id = v_tenant_id
     and t.id = p_thread_id
     and m.tenant_id = v_tenant_id
     and m.user_id = p_user_id;
end
$$;

grant execute on function internal.seed_demo_reply(uuid, uuid, uuid) to commerce_definer;
comment on function internal.seed_demo_reply(uuid, uuid, uuid) is
  'A member of a demo shop takes a thread on, and answers a message.';
