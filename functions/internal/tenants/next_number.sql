create or replace function internal.next_number(p_name text, p_tenant_id uuid default internal.tenant_id())
  returns text
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_number text;
begin
  -- The row lock lasts until commit, so the series has no gaps; call it as late as you can.
  insert into internal.tenant_counter as c (tenant_id, name, prefix, next_value)
  values (p_tenant_id, p_name, upper(left(p_name, 3)) || '-', 2)
  on conflict (tenant_id, name) do update
     set next_value = c.next_value + 1
  returning internal.format_number(c.prefix, c.next_value - 1) into v_number;
  return v_number;
end
$$;

grant execute on function internal.next_number(text, uuid) to commerce_definer;
comment on function internal.next_number(text, uuid) is
  'The next number of one of the tenant''s series, with its prefix: orders gives ORD-000001.';
