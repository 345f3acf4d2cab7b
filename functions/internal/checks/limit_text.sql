create or replace function internal.limit_text(p_field text, p_value text, p_max_length integer)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if length(p_value) > p_max_length or octet_length(p_value) > 65536 then
    perform internal.refuse_input(p_field, format('must have at most %s characters and 64 KiB', p_max_length));
  end if;
end
$$;

grant execute on function internal.limit_text(text, text, integer) to commerce_definer, commerce_system;
comment on function internal.limit_text(text, text, integer) is
  'Refuses a text that is too long (SCVAL); NULL passes.';
