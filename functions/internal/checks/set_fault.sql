-- Requires: functions/internal/checks/fault.sql
-- A closed set is defined once, by the CHECK of its column; so it is read from there.
create or replace function internal.set_fault(
  p_field text,
  p_value text,
  p_table text,
  p_column text
)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_check text;
begin
  select pg_catalog.pg_get_constraintdef(c.oid)
    into strict v_check
    from pg_catalog.pg_constraint as c
   where c.conrelid = ('commerce.' || p_table)::regclass
     and c.conname = p_table || '_' || p_column || '_set';
  if p_value is not null and strpos(v_check, quote_literal(p_value) || '::text') > 0 then
    return null;
  end if;
  return internal.fault(
    p_field,
    'must be one of ' || (
      select string_agg(m.member[1], ', ')
        from regexp_matches(v_check, '''([^'']+)''::text', 'g') as m (member)
    ));
end
$$;

grant execute on function internal.set_fault(text, text, text, text) to commerce_definer, commerce_system;
comment on function internal.set_fault(text, text, text, text) is
  'The fault of a value that is not in the closed set of a column of schema commerce.';
