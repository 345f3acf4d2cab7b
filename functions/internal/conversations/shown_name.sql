create or replace function internal.shown_name(p_name text, p_max_length integer)
  returns text
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_name text := left(btrim(p_name), p_max_length);
begin
  return case when not internal.is_blank(v_name) then v_name end;
end
$$;

grant execute on function internal.shown_name(text, integer) to commerce_definer;
comment on function internal.shown_name(text, integer) is
  'A name that a person has chosen on a channel, without blanks around it and cut to what fits; NULL when it shows nothing, so that a message is not refused because of its sender''s name.';
