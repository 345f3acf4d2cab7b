create or replace function internal.is_marked(
  p_message commerce.conversation_history,
  p_status text,
  p_sent_until timestamptz
)
  returns boolean
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select p_message.delivery_status = any (case p_status when 'read' then '{sent, delivered}' else '{sent}' end::text[])
     -- What was delivered had been sent before, by the clock of the provider.
     and least(p_message.sent_at, p_message.delivered_at) <= p_sent_until
$$;

grant execute on function internal.is_marked(commerce.conversation_history, text, timestamptz) to commerce_definer;
comment on function internal.is_marked(commerce.conversation_history, text, timestamptz) is
  'Whether a message becomes delivered or read when all that was sent up to this time is; one that failed does not.';
