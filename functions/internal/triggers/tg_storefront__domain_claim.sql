create or replace function internal.tg_storefront__domain_claim()
  returns trigger
  language plpgsql
  security definer  -- lends: writing internal.domain_claim
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' or new.custom_domain is distinct from old.custom_domain then
    new.domain_verified_at := null;
    perform internal.claim_domain(new.custom_domain, new.tenant_id, 'storefront', t.name,
                                 t.is_active and t.status in ('active', 'closing'), null)
       from commerce.tenant as t
      where t.id = new.tenant_id;
    -- Outside a session of the tenant its row is not seen; a host must not be written without its claim.
    if not found and new.custom_domain is not null then
      perform internal.require_tenant();
    end if;
  end if;
  return new;
end
$$;

alter function internal.tg_storefront__domain_claim() owner to commerce_definer;
comment on function internal.tg_storefront__domain_claim() is
  'Trigger: a custom domain is claimed, and leads nowhere until it is verified (SCDUP).';
