create or replace function internal.record_message_change(
  p_channel_type text,
  p_external_account_id text,
  p_external_message_id text,
  p_kind text,
  p_content text default null,
  p_occurred_at timestamptz default now(),
  p_author_external_id text default null,
  p_sender_type text default 'customer'
)
  returns table (tenant_id uuid, message_id uuid, is_changed boolean)
  language plpgsql
  volatile
  security definer  -- lends: finding the tenant by the account, and writing its message
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  v_content text := coalesce(p_content, '');
  v_author text := case p_kind when 'reaction' then p_author_external_id else '' end;
  v_tenant_id uuid;
  v_channel_id uuid;
  v_message_id uuid;
begin
  perform internal.require_text('external_message_id', p_external_message_id, 255);
  if coalesce(p_kind not in ('reaction', 'edit', 'deletion'), true) then
    perform internal.refuse_input('kind', 'must be one of reaction, edit, deletion');
  elsif p_kind = 'reaction' then
    perform internal.refuse_faults(
      internal.text_fault('author_external_id', p_author_external_id, 255),
      internal.length_fault('content', v_content, 64)
    );
  end if;
  perform internal.refuse_faults(
    internal.length_fault('content', v_content, 65536),
    internal.set_fault('sender_type', p_sender_type, 'message_reaction', 'sender_type')
  );
  v_channel_id := internal.adopt_channel(p_channel_type, p_external_account_id);
  v_tenant_id := internal.tenant_id();
  perform internal.take_turn(concat_ws(' ', 'receipt', v_channel_id, p_external_message_id));

  select h.id
    into v_message_id
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id
     and h.channel_id = v_channel_id
     and h.external_message_id = p_external_message_id;
  if found then
    return query
      select v_tenant_id, v_message_id,
             internal.change_message(
               v_message_id, p_kind, v_content, v_occurred_at, v_author, p_sender_type);
    return;
  end if;

  -- The message has yet to come, or never will. Only the latest such changes of a channel are kept.
  insert into internal.pending_change as p (
    tenant_id, channel_id, external_message_id, kind, author_external_id, occurred_at, sender_type, content
  )
  values (
    v_tenant_id, v_channel_id, p_external_message_id, p_kind, v_author, v_occurred_at, p_sender_type, v_content
  )
  -- Two changes of one second have the same result in every order, as in internal.change_message.
  on conflict (tenant_id, channel_id, external_message_id, kind, author_external_id, occurred_at) do update
     set content = excluded.content
   where (p_kind = 'reaction' and excluded.content = '', excluded.content)
       > (p_kind = 'reaction' and p.content = '', p.content);
  delete from internal.pending_change as c
   where c.tenant_id = v_tenant_id and c.ctid = any (array(
     select p.ctid
       from internal.pending_change as p
      where p.tenant_id = v_tenant_id
        and p.channel_id = v_channel_id
        and p.received_at < (
          select e.received_at
            from internal.pending_change as e
           where e.tenant_id = v_tenant_id and e.channel_id = v_channel_id
           order by e.received_at desc
          offset 999
           limit 1
        )
        for update skip locked
   ));
  return query select v_tenant_id, null::uuid, false;
end
$$;

alter function internal.record_message_change(text, text, text, text, text, timestamptz, text, text)
  owner to commerce_definer;
grant execute on function internal.record_message_change(text, text, text, text, text, timestamptz, text, text)
  to commerce_worker;
comment on function internal.record_message_change(text, text, text, text, text, timestamptz, text, text) is
  'Records what a provider reports about a message that came or was sent: a reaction (content: the emoji, empty when it is removed; author_external_id: whose it is), an edit (content: the new text) or its deletion by the sender. Of two changes the later one counts, in whichever order they come. It opens no thread and no reply window and does not count as unread. A change that comes before its message is kept for a day, and message_id is NULL. SCNTF for an account that is not connected, SCTEN when its tenant is not active, SCVAL with the field.';
