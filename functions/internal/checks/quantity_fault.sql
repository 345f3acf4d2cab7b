-- Requires: functions/internal/checks/fault.sql
create or replace function internal.quantity_fault(p_field text, p_quantity integer)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_quantity, 0) not between 1 and 1000000 then
    return internal.fault(p_field, 'must be a whole number from 1 to 1000000');
  end if;
  return null;
end
$$;

grant execute on function internal.quantity_fault(text, integer) to commerce_definer, commerce_system;
comment on function internal.quantity_fault(text, integer) is
  'The fault of a quantity that no order line can have.';
