-- The trigger fires after the row is written. It applies to every writer, and for a deleted row that is brought back.
create or replace function internal.tg__plan_limit()
  returns trigger
  language plpgsql
  security definer  -- lends: reading the plan and counting all rows of the merchant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_limit integer;
  v_used integer;
begin
  -- A row that is written without a session is written by the installer, for whom there is no plan.
  if internal.tenant_id() is null then
    return null;
  end if;
  select (to_jsonb(s) ->> ('max_' || tg_argv[0]))::integer
    into v_limit
    from commerce.tenant as t
    join commerce.subscription_plan as s on s.code = t.subscription_tier
   where t.id = new.tenant_id;
  if v_limit is null then
    return null;
  end if;

  perform internal.lock_tenant();
  execute format(
    'select count(*) from (select from commerce.%I where tenant_id = $1 and not is_deleted limit $2) as r', tg_table_name)
    into v_used
    using new.tenant_id, v_limit + 1;
  if v_used > v_limit then
    raise exception using
      errcode = 'SCLIM',
      message = format('the plan allows no further %s', tg_argv[1]),
      detail = json_build_object('metric', tg_argv[0], 'limit', v_limit, 'used', v_limit)::text,
      hint = 'Remove one that is not needed, or move to a larger plan.';
  end if;
  return null;
end
$$;

alter function internal.tg__plan_limit() owner to commerce_definer;
comment on function internal.tg__plan_limit() is
  'Trigger: a merchant has at most as many live rows as the plan allows (SCLIM). Arguments: the metric of subscription_plan, and what one is called.';
