create or replace function internal.refuse_deleted_parent(p_parent text)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'SCDEP',
    message = 'what this row belongs to is deleted',
    detail = json_build_object('table', p_parent, 'count', 1)::text,
    hint = 'Restore that first.';
end
$$;

grant execute on function internal.refuse_deleted_parent(text) to commerce_definer;
comment on function internal.refuse_deleted_parent(text) is
  'Refuses a row that is to be made or restored while a parent of it is deleted (SCDEP).';
