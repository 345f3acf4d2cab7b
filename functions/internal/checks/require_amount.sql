-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_amount(p_field text, p_value numeric, p_minor_unit smallint)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.amount_fault(p_field, p_value, p_minor_unit));
end
$$;

grant execute on function internal.require_amount(text, numeric, smallint) to commerce_definer;
comment on function internal.require_amount(text, numeric, smallint) is
  'Refuses a value that is not an amount of a currency: missing, negative, too large or with too many decimals (SCAMT).';
