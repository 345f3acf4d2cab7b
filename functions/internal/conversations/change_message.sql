-- Changes arrive late, twice and in any order. Each is a value with a time, and the latest counts, so that every
-- order of arrival has the same result.
create or replace function internal.change_message(
  p_message_id uuid,
  p_kind text,
  p_content text,
  p_occurred_at timestamptz,
  p_author_external_id text,
  p_sender_type text
)
  returns boolean
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_message commerce.conversation_history;
  v_latest commerce.message_revision;
  v_own_ids text[];
  v_author text;
begin
  select h.*
    into strict v_message
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id and h.id = p_message_id
     for no key update;

  if p_kind = 'reaction' then
    -- The customer may have reacted under another id, which is the same person's.
    v_own_ids := array(
      select i.external_user_id
        from commerce.customer_identity as i
       where i.tenant_id = v_tenant_id and i.customer_id = v_message.customer_id
    );
    select r.author_external_id
      into v_author
      from commerce.message_reaction as r
     where r.tenant_id = v_tenant_id
       and r.message_id = p_message_id
       and r.author_external_id = any (v_own_ids)
       and p_author_external_id = any (v_own_ids)
     order by r.author_external_id = p_author_external_id desc
     limit 1;
    v_author := coalesce(v_author, p_author_external_id);
    -- Of two changes in one second, a removal counts, and of two emojis always the same one, in whichever order they
    -- come.
    insert into commerce.message_reaction as r (
      tenant_id, message_id, thread_id, channel_id, customer_id, author_external_id, sender_type, emoji, occurred_at
    )
    values (
      v_tenant_id, p_message_id, v_message.thread_id, v_message.channel_id, v_message.customer_id,
      v_author, p_sender_type, p_content, p_occurred_at
    )
    on conflict (tenant_id, message_id, author_external_id) do update
       set emoji = excluded.emoji, occurred_at = excluded.occurred_at
     where (excluded.occurred_at, excluded.emoji = '', excluded.emoji) > (r.occurred_at, r.emoji = '', r.emoji);
    if not found then
      return false;
    end if;
    perform internal.add_message_event(
      p_message_id, 'message_reacted', p_occurred_at,
      jsonb_build_object('emoji', p_content, 'author', v_author));
    return true;
  elsif v_message.withdrawn_at is not null then
    return false;
  elsif p_kind = 'edit' then
    insert into commerce.message_revision (
      tenant_id, message_id, thread_id, channel_id, customer_id, occurred_at, message
    )
    select v_tenant_id, p_message_id, v_message.thread_id, v_message.channel_id, v_message.customer_id,
           v_message.occurred_at, v_message.message
     where v_message.edited_at is null;
    insert into commerce.message_revision as r (
      tenant_id, message_id, thread_id, channel_id, customer_id, occurred_at, message
    )
    values (
      -- A time in whole seconds may be that of the message itself, or lie before it.
      v_tenant_id, p_message_id, v_message.thread_id, v_message.channel_id, v_message.customer_id,
      greatest(p_occurred_at, v_message.occurred_at + interval '1 microsecond'), p_content
    )
    on conflict (tenant_id, message_id, occurred_at) do update
       set message = greatest(r.message, excluded.message);
    select r.*
      into v_latest
      from commerce.message_revision as r
     where r.tenant_id = v_tenant_id and r.message_id = p_message_id
     order by r.occurred_at desc
     limit 1;
    if v_latest.message = v_message.message and v_latest.occurred_at is not distinct from v_message.edited_at then
      return false;
    end if;
    update commerce.conversation_history as h
       set message = v_latest.message, edited_at = v_latest.occurred_at
     where h.tenant_id = v_tenant_id and h.id = p_message_id;
  else
    update commerce.conversation_history as h
       set message = '', metadata = '{}', withdrawn_at = p_occurred_at
     where h.tenant_id = v_tenant_id and h.id = p_message_id;
    update commerce.message_revision as r
       set message = ''
     where r.tenant_id = v_tenant_id and r.message_id = p_message_id;
    update internal.upload as u
       set used_at = null
      from commerce.message_attachment as a
     where u.tenant_id = v_tenant_id
       and a.tenant_id = v_tenant_id
       and a.message_id = p_message_id
       and u.storage_key = a.storage_key;
    delete from commerce.message_attachment as a
     where a.tenant_id = v_tenant_id and a.message_id = p_message_id;
  end if;
  perform internal.add_message_event(
    p_message_id, case p_kind when 'edit' then 'message_edited' else 'message_deleted' end, p_occurred_at);
  return true;
end
$$;

grant execute on function internal.change_message(uuid, text, text, timestamptz, text, text) to commerce_definer;
comment on function internal.change_message(uuid, text, text, timestamptz, text, text) is
  'Applies a reaction to a message, an edit or its deletion, which empties it; returns whether it changed anything.';
