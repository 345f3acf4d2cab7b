create or replace function internal.resolve_tenant(
  p_host text,
  out tenant_id uuid,
  out name text,
  out is_active boolean
)
  language plpgsql
  stable
  security definer  -- lends: reading internal.domain_claim, verified hosts only
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select d.tenant_id, d.name, d.is_active
    into tenant_id, name, is_active
    from internal.domain_claim as d
   where d.host = regexp_replace(lower(split_part(p_host, ':', 1)), '[.]$', '') and d.verified_at is not null;
  if not found then
    raise exception using
      errcode = 'SCNTF',
      message = 'no storefront at this host',
      detail = json_build_object('field', 'host')::text;
  end if;
end
$$;

alter function internal.resolve_tenant(text) owner to commerce_system;
grant execute on function internal.resolve_tenant(text) to commerce_auth, commerce_worker;
comment on function internal.resolve_tenant(text) is
  'Finds the tenant of a verified host name (a port and the dot of a fully qualified name are ignored). SCNTF for any other host.';
