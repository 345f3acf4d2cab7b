-- The trigger fires after the row is written. It applies to every writer.
create or replace function internal.tg__monthly_limit()
  returns trigger
  language plpgsql
  security definer  -- lends: reading the plan, and counting what all of the merchant's people do
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_limit integer;
  v_timezone text;
  v_series text;
  v_used integer;
begin
  -- A row that is written without a session is written by the installer, for whom there is no plan.
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;
  -- Once it has begun to count, it goes on under a plan without a limit, because another plan may follow.
  update internal.tenant_counter as c
     set next_value = c.next_value + 1
    from commerce.tenant as t
    join commerce.subscription_plan as s on s.code = t.subscription_tier
   where t.id = new.tenant_id
     and c.tenant_id = new.tenant_id
     and c.name = tg_argv[0] || to_char(now() at time zone t.timezone, ' YYYY-MM')
  returning c.next_value - 1, (to_jsonb(s) ->> ('max_' || tg_argv[0]))::integer into v_used, v_limit;
  if not found then
    select (to_jsonb(s) ->> ('max_' || tg_argv[0]))::integer, t.timezone,
           tg_argv[0] || to_char(now() at time zone t.timezone, ' YYYY-MM')
      into v_limit, v_timezone, v_series
      from commerce.tenant as t
      join commerce.subscription_plan as s on s.code = t.subscription_tier
     where t.id = new.tenant_id;
    if v_limit is null then
      return null;
    end if;
    -- For the first row of the month that is counted, the rows before it are counted as well.
    execute format('select count(*) from commerce.%I where tenant_id = $1 and %s', tg_table_name, tg_argv[2])
      into v_used
      using new.tenant_id, internal.day_start(date_trunc('month', now() at time zone v_timezone)::date, v_timezone);
    insert into internal.tenant_counter as c (tenant_id, name, next_value)
    values (new.tenant_id, v_series, v_used + 1)
    on conflict (tenant_id, name) do update
       set next_value = c.next_value + 1
    returning c.next_value - 1 into v_used;
  end if;
  if v_used > v_limit then
    raise exception using
      errcode = 'SCLIM',
      message = format('the plan allows no further %s this month', tg_argv[1]),
      detail = json_build_object('metric', tg_argv[0], 'limit', v_limit, 'used', v_limit)::text,
      hint = 'Move to a larger plan, or wait for the next month.';
  end if;
  return null;
end
$$;

alter function internal.tg__monthly_limit() owner to commerce_definer;
comment on function internal.tg__monthly_limit() is
  'Trigger: a merchant does as much in a calendar month of its time zone as the plan allows (SCLIM). Arguments: the metric of subscription_plan, what one is called, and which rows count since $2, the start of the month.';
