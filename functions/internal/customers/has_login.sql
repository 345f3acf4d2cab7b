create or replace function internal.has_login(p_customer_id uuid)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
      from commerce.buyer_profile as b
      join commerce.users as u on u.tenant_id = internal.tenant_id() and u.id = b.user_id
     where b.tenant_id = internal.tenant_id()
       and b.id = p_customer_id
       and (
         u.auth_subject is not null
         or exists (
           select from commerce.team_members as m where m.tenant_id = internal.tenant_id() and m.user_id = u.id
         )
         or exists (
           select from commerce.seller_profile as s where s.tenant_id = internal.tenant_id() and s.user_id = u.id
         )
       )
  )
$$;

grant execute on function internal.has_login(uuid) to commerce_definer;
comment on function internal.has_login(uuid) is
  'Whether a customer is a person with a login, or one of the team or a seller, and not only somebody for whom orders were taken.';
