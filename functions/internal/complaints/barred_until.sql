create or replace function internal.barred_until(p_tenant_id uuid, p_user_id uuid, p_actions text[])
  returns timestamptz
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- A ban without end lasts for ever; one that has run out holds no longer, whether its job has run or not.
  return (
    select max(coalesce(v.end_at, 'infinity'))
      from commerce.violations as v
     where v.tenant_id = p_tenant_id
       and v.user_id = p_user_id
       and v.status = 'active'
       and v.action = any (p_actions)
       and v.start_at <= now()
       and (v.end_at is null or v.end_at > now())
  );
end
$$;

grant execute on function internal.barred_until(uuid, uuid, text[]) to commerce_definer;
comment on function internal.barred_until(uuid, uuid, text[]) is
  'Until when a violation with one of these actions holds for a person: infinity for one without end, NULL when none holds.';
