create or replace function api.my_tenants()
  returns table (tenant_id uuid, tenant_name text, user_id uuid, role text)
  language sql
  stable
  security definer  -- lends: finding the session's own subject in every tenant
  set search_path = pg_catalog, pg_temp
as $$
  select l.tenant_id, t.name, l.user_id, m.role
    from internal.login_subject as l
    join commerce.tenant as t on t.id = l.tenant_id and t.is_active
     and (t.status in ('active', 'closing') or t.status = 'moving' and t.suspended_at is null)
    left join commerce.team_members as m
      on m.tenant_id = l.tenant_id and m.user_id = l.user_id and m.is_active
   where l.subject = internal.subject()
   order by t.name, l.tenant_id
$$;

alter function api.my_tenants() owner to commerce_system;
grant execute on function api.my_tenants() to commerce_member, commerce_buyer;
comment on function api.my_tenants() is
  'The tenants that know the session''s subject, with its users id and team role there (NULL for a shopper or seller); those that are suspended or closed are left out.
@returns tenant_id! The tenant, for which a token can be requested.
@returns tenant_name! {tenant.name}
@returns user_id! The person''s id in that tenant.
@returns role {team_members.role} The person''s role in its team; NULL for a shopper or seller.';
