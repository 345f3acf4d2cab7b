create or replace function internal.is_service()
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
      from commerce.team_members as m
     where m.tenant_id = internal.tenant_id()
       and m.user_id = internal.user_id()
       and m.role = 'service'
       and m.is_active
  )
$$;

grant execute on function internal.is_service() to commerce_definer;
comment on function internal.is_service() is
  'Whether the current session belongs to one of the merchant''s services, and not to a person.';
