-- One answer for a row that does not exist, one of another tenant and one of another customer, so
-- that the answer reveals nothing about rows that the caller may not see.
create or replace function internal.refuse_missing(p_field text)
  returns void
  language plpgsql
  volatile
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'SCNTF',
    message = 'not found: ' || p_field,
    detail = json_build_object('field', p_field)::text;
end
$$;

grant execute on function internal.refuse_missing(text) to commerce_definer, commerce_system;
comment on function internal.refuse_missing(text) is
  'Refuses an argument that names no row the caller can see (SCNTF).';
