create or replace function internal.check_language(p_field text, p_value text)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_value !~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$', true) or length(p_value) > 35 then
    perform internal.refuse_input(p_field, 'must be a BCP 47 language tag');
  end if;
end
$$;

grant execute on function internal.check_language(text, text) to commerce_definer;
comment on function internal.check_language(text, text) is
  'Refuses what is missing or no BCP 47 language tag (SCVAL).';
