-- Requires: functions/internal/checks/fault.sql
create or replace function internal.currency_fault(p_field text, p_value text)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from commerce.currency as c where c.code = p_value) then
    return null;
  end if;
  return internal.fault(p_field, 'must be the ISO 4217 code of a known currency');
end
$$;

grant execute on function internal.currency_fault(text, text) to commerce_definer;
comment on function internal.currency_fault(text, text) is 'The fault of what is the code of no currency.';
