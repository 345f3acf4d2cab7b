create or replace function internal.known_customer(p_channel_id uuid, p_external_user_id text)
  returns uuid
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select i.customer_id
    from commerce.customer_identity as i
    join commerce.customer as c
      on c.tenant_id = internal.tenant_id() and c.id = i.customer_id and not c.is_deleted
   where i.tenant_id = internal.tenant_id()
     and i.channel_id = p_channel_id
     and i.external_user_id = p_external_user_id
$$;

grant execute on function internal.known_customer(uuid, text) to commerce_definer;
comment on function internal.known_customer(uuid, text) is
  'The live customer behind a sender of a channel; NULL when none is known.';
