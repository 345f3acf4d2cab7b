create or replace function internal.check_phone_number(p_field text, p_value text)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value !~ '^[+][1-9][0-9]{6,14}$' then
    perform internal.refuse_input(p_field, 'must be in international form, such as +2348012345678');
  end if;
end
$$;

grant execute on function internal.check_phone_number(text, text) to commerce_definer;
comment on function internal.check_phone_number(text, text) is
  'Refuses a phone number that is not in international form (SCVAL); NULL passes.';
