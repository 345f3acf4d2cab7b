create or replace function internal.tg__currency_scale()
  returns trigger
  language plpgsql
  security definer  -- lends: reading commerce.currency
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row jsonb := to_jsonb(new);
  v_respelled jsonb := jsonb '{}';
  v_minor_unit smallint;
  v_column text;
  v_amount numeric;
begin
  select c.minor_unit
    into v_minor_unit
    from commerce.currency as c
   where c.code = new.currency_code;

  foreach v_column in array tg_argv loop
    v_amount := (v_row ->> v_column)::numeric;
    -- NaN is greater than every number.
    if v_amount >= 1e15 or v_amount <= -1e15 then
      raise exception using
        errcode = 'SCAMT',
        message = format('%s is no amount below 10^15', v_column),
        detail = json_build_object('field', v_column)::text;
    end if;
    if min_scale(v_amount) > v_minor_unit then
      raise exception using
        errcode = 'SCAMT',
        message = format('%s has more than %s decimals', v_column, v_minor_unit),
        detail = json_build_object('field', v_column, 'minor_unit', v_minor_unit)::text;
    end if;
    if scale(v_amount) <> v_minor_unit then
      v_respelled := v_respelled || jsonb_build_object(v_column, round(v_amount, v_minor_unit));
    end if;
  end loop;
  return case v_respelled when '{}' then new else jsonb_populate_record(new, v_respelled) end;
end
$$;

alter function internal.tg__currency_scale() owner to commerce_definer;
comment on function internal.tg__currency_scale() is
  'Trigger: an amount is a number below 10^15 with no more decimals than its currency has (SCAMT), and is stored with as many: 2500.00 USD, 2500 JPY. Arguments: the amount columns.';
