create or replace function internal.require_text(p_field text, p_value text, p_max_length integer)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(btrim(p_value), '') = '' then
    perform internal.refuse_input(p_field, 'must not be empty');
  end if;
  perform internal.limit_text(p_field, p_value, p_max_length);
end
$$;

grant execute on function internal.require_text(text, text, integer) to commerce_definer, commerce_system;
comment on function internal.require_text(text, text, integer) is
  'Refuses a text that is missing, blank or too long (SCVAL).';
