create or replace function internal.verify_custom_domain(p_tenant_id uuid, p_host text)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing the claim and the storefront, as the tenant's worker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.adopt_tenant(p_tenant_id);
  -- The claim is found by tenant and host: either may have changed while the proof was checked.
  perform
     from commerce.storefront as s
    where s.tenant_id = p_tenant_id and s.custom_domain = regexp_replace(lower(p_host), '[.]$', '')
      for no key update;
  if not found then
    perform internal.refuse_missing('host');
  end if;

  update commerce.storefront as s
     set domain_verified_at = now(), version = s.version
   where s.tenant_id = p_tenant_id and s.domain_verified_at is null;
  update internal.domain_claim as d
     set verified_at = now()
   where d.tenant_id = p_tenant_id and d.source = 'storefront' and d.verified_at is null;
end
$$;

alter function internal.verify_custom_domain(uuid, text) owner to commerce_definer;
grant execute on function internal.verify_custom_domain(uuid, text) to commerce_worker;
comment on function internal.verify_custom_domain(uuid, text) is
  'Records that the tenant has shown control of its custom domain (the dot of a fully qualified name is ignored), by a record in the DNS for instance: from now on the host leads to its storefront. A repeat changes nothing. SCNTF when the tenant does not claim this host, or no longer.';
