create or replace function internal.read_permissions(p_permissions text[])
  returns text[]
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_known text[] := array(
    select p.code from commerce.permission as p where p.code = any (p_permissions) order by p.code
  );
begin
  if p_permissions is null or not p_permissions <@ v_known then
    perform internal.refuse_input('permissions', 'must be codes that exist');
  end if;
  return v_known;
end
$$;

grant execute on function internal.read_permissions(text[]) to commerce_definer;
comment on function internal.read_permissions(text[]) is
  'A list of permission codes, each once and in order. SCVAL when one does not exist.';
