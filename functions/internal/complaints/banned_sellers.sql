create or replace function internal.banned_sellers()
  returns uuid[]
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading the bans of all sellers, of whom shoppers see only that nothing is on sale
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.tenant_id();  -- not asked once for each violation
begin
  return array(
    select s.id
      from commerce.violations as v
      join commerce.seller_profile as s on s.tenant_id = v.tenant_id and s.user_id = v.user_id
     where v.tenant_id = v_tenant_id
       and v.status = 'active'
       and v.action in ('temp_ban', 'perm_ban')
       and v.start_at <= now()
       and (v.end_at is null or v.end_at > now())
  );
end
$$;

alter function internal.banned_sellers() owner to commerce_definer;
grant execute on function internal.banned_sellers() to commerce_system;
comment on function internal.banned_sellers() is
  'Sellers of the session''s merchant who are banned now: their products are neither shown nor sold.';
