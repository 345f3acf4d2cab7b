-- Requires: functions/internal/attach/generate_trigger_function.sql
create or replace function internal.attach_currency_scale(p_table regclass, variadic p_columns text[])
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'create or replace trigger _400_currency_scale before insert or update of currency_code, %s on %s
       for each row execute function %s',
    (select string_agg(quote_ident(c), ', ') from unnest(p_columns) as c),
    p_table,
    internal.generate_trigger_function(
      p_table, 'currency_scale',
      'declare
         v_minor_unit smallint := (select c.minor_unit from commerce.currency as c where c.code = new.currency_code);
         v_zero numeric := round(0, v_minor_unit);',
      (
        select string_agg(
                 format(
                   -- Most amounts are nothing. NaN and infinity have no scale, and are greater than every number.
                   'if new.%1$I = 0 then
                      new.%1$I := v_zero;
                    elsif scale(new.%1$I) <> v_minor_unit or abs(new.%1$I) >= 1e15 then
                      new.%1$I := internal.in_minor_units(%1$L, new.%1$I, v_minor_unit);
                    end if;', c),
                 E'\n')
          from unnest(p_columns) as c
      ),
      'Trigger: amounts have the decimals of their currency.'));
end
$$;

comment on function internal.attach_currency_scale(regclass, text[]) is
  'Attaches the trigger that gives amount columns the decimals of the row''s currency_code (2500.00 USD, 2500 JPY), and refuses more (SCAMT).';
