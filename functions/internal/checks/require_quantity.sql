create or replace function internal.require_quantity(p_field text, p_quantity integer)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_quantity, 0) not between 1 and 1000000 then
    perform internal.refuse_input(p_field, 'must be a whole number from 1 to 1000000');
  end if;
end
$$;

grant execute on function internal.require_quantity(text, integer) to commerce_definer;
comment on function internal.require_quantity(text, integer) is
  'Refuses a quantity that no order line can have (SCVAL).';
