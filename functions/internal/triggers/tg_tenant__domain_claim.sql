create or replace function internal.tg_tenant__domain_claim()
  returns trigger
  language plpgsql
  security definer  -- lends: writing internal.domain_claim
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- From outside, a merchant that moves looks as it did before.
  v_is_active boolean := new.is_active
    and (new.status in ('active', 'closing') or new.status = 'moving' and new.suspended_at is null);
begin
  if tg_op = 'INSERT' or new.domain <> old.domain then
    perform internal.claim_domain(new.domain, new.id, 'tenant', new.name, v_is_active, now());
  end if;

  update internal.domain_claim as d
     set name = new.name, is_active = v_is_active
   where d.tenant_id = new.id and (d.name, d.is_active) is distinct from (new.name, v_is_active);
  return new;
end
$$;

alter function internal.tg_tenant__domain_claim() owner to commerce_definer;
comment on function internal.tg_tenant__domain_claim() is
  'Trigger: the domain of a tenant is claimed for it, at once verified (SCDUP), and its claims have its name and whether it accepts sessions.';
