create or replace function internal.tg__currency_scale()
  returns trigger
  language plpgsql
  security definer  -- lends: reading commerce.currency
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row jsonb := to_jsonb(new);
  v_minor_unit smallint;
  v_column text;
begin
  select c.minor_unit
    into v_minor_unit
    from commerce.currency as c
   where c.code = new.currency_code;

  foreach v_column in array tg_argv loop
    -- Greater than every number, so it passes the checks.
    if (v_row ->> v_column)::numeric = 'NaN' then
      raise exception using
        errcode = 'SCAMT',
        message = format('%s is no amount', v_column),
        detail = json_build_object('field', v_column)::text;
    end if;
    if min_scale((v_row ->> v_column)::numeric) > v_minor_unit then
      raise exception using
        errcode = 'SCAMT',
        message = format('%s has more than %s decimals', v_column, v_minor_unit),
        detail = json_build_object('field', v_column, 'minor_unit', v_minor_unit)::text;
    end if;
  end loop;
  return new;
end
$$;

alter function internal.tg__currency_scale() owner to commerce_definer;
comment on function internal.tg__currency_scale() is
  'Trigger: an amount is a number, with no more decimals than its currency has (SCAMT). Arguments: the amount columns.';
