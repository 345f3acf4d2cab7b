create or replace function internal.require_in_set(
  p_field text,
  p_value text,
  p_table text,
  p_column text
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_set text[] := internal.closed_set(p_table, p_column);
begin
  if p_value is null or p_value <> all (v_set) then
    perform internal.refuse_input(p_field, 'must be one of ' || array_to_string(v_set, ', '));
  end if;
end
$$;

grant execute on function internal.require_in_set(text, text, text, text) to commerce_definer, commerce_system;
comment on function internal.require_in_set(text, text, text, text) is
  'Refuses a value that is not in the closed set of a column of schema commerce (SCVAL).';
