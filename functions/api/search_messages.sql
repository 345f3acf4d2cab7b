-- Full text is not leakproof: under row-level security it could not use an index. So this function is
-- owned by a role outside the tenant policy, and states the tenant itself.
create or replace function api.search_messages(
  p_query text default null,
  p_customer_id uuid default null,
  p_channel_id uuid default null,
  p_since timestamptz default null,
  p_until timestamptz default null,
  p_first integer default 20,
  p_after text default null
)
  returns table (
    message_id uuid,
    thread_id uuid,
    channel_id uuid,
    customer_id uuid,
    direction text,
    sender_type text,
    message_type text,
    message text,
    occurred_at timestamptz,
    cursor text
  )
  language plpgsql
  stable
  security definer  -- lends: reading messages past the tenant policy, for the stated tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.read');
  v_query text := nullif(btrim(p_query), '');
  v_words tsquery;
  v_after jsonb;
  v_after_at timestamptz;
  v_after_id uuid;
begin
  perform internal.require_text_within('query', p_query, 200);
  v_words := internal.search_words(v_query);
  perform internal.refuse_faults(
    case when v_query is null and p_customer_id is null
      then internal.fault('query', 'or customer_id must be given') end,
    internal.calendar_fault('since', p_since),
    internal.calendar_fault('until', p_until),
    case when p_since >= p_until then internal.fault('since', 'must be before until') end,
    case when coalesce(p_first, 0) not between 1 and 100 then internal.fault('first', 'must be from 1 to 100') end,
    internal.length_fault('after', p_after, 1000)
  );
  if p_after is not null then
    begin
      v_after := convert_from(decode(p_after, 'base64'), 'UTF8')::jsonb;
      v_after_at := (v_after ->> 0)::timestamptz;
      v_after_id := (v_after ->> 1)::uuid;
    exception
      when data_exception then
        v_after_at := null;
    end;
    if v_after_at is null or v_after_id is null then
      perform internal.refuse_input('after', 'must be a cursor of a search');
    end if;
  end if;

  -- Each call has its own plan, so that filters that are not given cost nothing. A cursor is made of what is returned,
  -- and not of all that matches.
  return query execute $query$
    select f.*,
           translate(
             encode(convert_to(jsonb_build_array(f.occurred_at, f.id)::text, 'UTF8'), 'base64'), e'\n', '')
      from (
        select h.id, h.thread_id, h.channel_id, h.customer_id, h.direction, h.sender_type, h.message_type,
               h.message, h.occurred_at
          from commerce.conversation_history as h
         where h.tenant_id = $1
           and ($2 is null or h.search_vector @@ $2)
           and ($3 is null or h.customer_id = $3)
           and ($4 is null or h.channel_id = $4)
           and ($5 is null or h.occurred_at >= $5)
           and ($6 is null or h.occurred_at < $6)
           and ($7 is null or (h.occurred_at, h.id) < ($7, $8))
         order by h.occurred_at desc, h.id desc
         limit $9
      ) as f
     order by f.occurred_at desc, f.id desc
  $query$
    using v_tenant_id, v_words, p_customer_id, p_channel_id, p_since, p_until, v_after_at, v_after_id,
          p_first;
end
$$;

alter function api.search_messages(text, uuid, uuid, timestamptz, timestamptz, integer, text)
  owner to commerce_system;
grant execute on function api.search_messages(text, uuid, uuid, timestamptz, timestamptz, integer, text)
  to commerce_member, commerce_worker;
comment on function api.search_messages(text, uuid, uuid, timestamptz, timestamptz, integer, text) is
  'Messages of this shop that contain the words, of one customer or in one channel, from since up to, but not including, until; the newest come first. A query of at most 200 characters, or a customer, must be given. Pass a row''s cursor as after to get the rows behind it. first is 1 to 100. Needs conversations.read. SCPRM, SCVAL with the field.
@rowName message_match
@param query Words that the messages contain.
@param since Only messages from this time on.
@param until Only messages before this time.
@param first How many, 1 to 100.
@param after The cursor of the last row that was read.
@returns message_id! {conversation_history.id} The message.
@returns thread_id! {conversation_thread.id} Its thread.
@returns channel_id! {channel.id} The channel in which it was written.
@returns customer_id! {customer.id} The customer.
@returns direction! {conversation_history.direction}
@returns sender_type! {conversation_history.sender_type}
@returns message_type! {conversation_history.message_type}
@returns message! {conversation_history.message}
@returns occurred_at! {conversation_history.occurred_at}
@returns cursor! The cursor to read on behind this row.';
