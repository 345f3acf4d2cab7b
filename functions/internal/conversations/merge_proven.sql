-- A number can pass to another person. Of two customers of whom one has a further id in the channel, nothing proves that
-- they are one, and staff decide.
create or replace function internal.merge_proven(
  p_channel_id uuid,
  p_one_id uuid,
  p_other_id uuid,
  p_keys text[]
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_ids uuid[];
begin
  perform internal.lock_customers(p_one_id, p_other_id);
  -- The one who has a login stays, else the one who has bought, else the older one.
  v_ids := array(
    select c.id
      from commerce.customer as c
     where c.tenant_id = v_tenant_id and c.id in (p_one_id, p_other_id) and not c.is_deleted
     order by internal.has_login(c.id) desc,
              exists (select from commerce.buyer_profile as b where b.tenant_id = v_tenant_id and b.id = c.id) desc, c.id
  );
  if cardinality(v_ids) = 2
    and not internal.has_login(v_ids[2])
    and not exists (
      select
        from commerce.customer_identity as i
       where i.tenant_id = v_tenant_id
         and i.channel_id = p_channel_id
         and i.customer_id = any (v_ids)
         and i.identity_key <> all (p_keys)
    )
  then
    perform internal.merge_customer(v_ids[1], v_ids[2]);
  end if;
end
$$;

grant execute on function internal.merge_proven(uuid, uuid, uuid, text[]) to commerce_definer;
comment on function internal.merge_proven(uuid, uuid, uuid, text[]) is
  'Merges two customers whose ids in a channel, these keys, are one person''s, as the provider says. Leaves them as they are where one has another id in the channel, or where both have a login.';
