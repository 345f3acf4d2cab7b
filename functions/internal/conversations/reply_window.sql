create or replace function internal.reply_window(
  p_last_inbound_at timestamptz,
  p_reply_window_ends_at timestamptz,
  p_channel commerce.channel,
  p_is_human boolean,
  out is_closed boolean,
  out is_human_only boolean
)
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
           when p_last_inbound_at is null then p_channel.reply_window_minutes is not null
           else w.is_over and not w.is_human
         end,
         coalesce(w.is_over and w.is_human, false)
    from (
      select coalesce(p_reply_window_ends_at <= now(), false) as is_over,
             p_is_human
               and coalesce(
                 p_last_inbound_at + make_interval(mins => p_channel.human_window_minutes) > now(), false) as is_human
    ) as w
$$;

grant execute on function internal.reply_window(timestamptz, timestamptz, commerce.channel, boolean) to commerce_definer;
comment on function internal.reply_window(timestamptz, timestamptz, commerce.channel, boolean) is
  'Whether the channel no longer accepts free text, and whether it accepts this text only because a person writes it: the provider then requires a mark on it.';
