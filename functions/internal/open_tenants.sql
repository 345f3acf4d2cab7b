-- Undo: drop function internal.open_tenants(uuid, integer);
create or replace function internal.open_tenants(p_after uuid default null, p_first integer default 1000)
  returns setof uuid
  language sql
  stable
  security definer  -- lends: reading the ids of every tenant
  set search_path = ''
as $$
  select t.id
    from commerce.tenant as t
   where t.status <> 'closed' and (p_after is null or t.id > p_after)
   order by t.id
   limit p_first
$$;

alter function internal.open_tenants(uuid, integer) owner to commerce_system;
grant execute on function internal.open_tenants(uuid, integer) to commerce_worker;
comment on function internal.open_tenants(uuid, integer) is
  'The merchants that jobs serve, page by page in the order of their ids.';
