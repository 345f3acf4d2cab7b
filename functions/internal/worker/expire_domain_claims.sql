create or replace function internal.expire_domain_claims(p_tenant_id uuid)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: taking a domain from a storefront, as the tenant's worker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
begin
  perform internal.adopt_tenant(p_tenant_id);

  -- A claim that is verified or replaced while this transaction waits is left alone: both conditions are checked again.
  update commerce.storefront as s
     set custom_domain = null, version = s.version
    from internal.domain_claim as d
   where s.tenant_id = p_tenant_id
     and s.domain_verified_at is null
     and d.tenant_id = p_tenant_id
     and d.source = 'storefront'
     and d.host = s.custom_domain
     and d.claimed_at < now() - interval '7 days';
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

alter function internal.expire_domain_claims(uuid) owner to commerce_definer;
grant execute on function internal.expire_domain_claims(uuid) to commerce_worker;
comment on function internal.expire_domain_claims(uuid) is
  'Frees a tenant''s custom domain that nobody has verified for 7 days; returns how many, 1 at most, because a tenant has one storefront. Safe to run twice at once.';
