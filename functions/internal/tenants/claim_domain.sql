create or replace function internal.claim_domain(
  p_host text,
  p_tenant_id uuid,
  p_source text,
  p_name text,
  p_is_active boolean,
  p_verified_at timestamptz
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from internal.domain_claim as d where d.tenant_id = p_tenant_id and d.source = p_source;
  if p_host is null then
    return;
  end if;

  insert into internal.domain_claim (host, tenant_id, name, is_active, source, verified_at)
  values (p_host, p_tenant_id, p_name, p_is_active, p_source, p_verified_at)
  on conflict (host) do nothing;
  if not found then
    -- The message is the same, no matter which tenant has the name.
    raise exception using
      errcode = 'SCDUP',
      message = 'this domain is taken',
      detail = json_build_object('field', case p_source when 'tenant' then 'domain' else 'custom_domain' end)::text;
  end if;
end
$$;

grant execute on function internal.claim_domain(text, uuid, text, text, boolean, timestamptz) to commerce_definer;
comment on function internal.claim_domain(text, uuid, text, text, boolean, timestamptz) is
  'Gives a tenant a host name in the place of the one it had from the same source, or none (NULL). SCDUP when another claim has it.';
