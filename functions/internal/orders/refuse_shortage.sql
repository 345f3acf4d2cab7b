create or replace function internal.refuse_shortage(p_short_lines jsonb)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'SCSTK',
    message = 'not enough stock',
    detail = jsonb_build_object('lines', p_short_lines)::text;
end
$$;

grant execute on function internal.refuse_shortage(jsonb) to commerce_definer;
comment on function internal.refuse_shortage(jsonb) is 'Refuses what would take more than there is (SCSTK), with every short line.';
