-- Requires: functions/internal/checks/fault.sql
create or replace function internal.language_fault(p_field text, p_value text)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_value !~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$', true) or length(p_value) > 35 then
    return internal.fault(p_field, 'must be a BCP 47 language tag');
  end if;
  return null;
end
$$;

grant execute on function internal.language_fault(text, text) to commerce_definer, commerce_system;
comment on function internal.language_fault(text, text) is
  'The fault of a value that is missing or is not a BCP 47 language tag.';
