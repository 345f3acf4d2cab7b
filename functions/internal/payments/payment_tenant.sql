create or replace function internal.payment_tenant(p_provider text, p_provider_reference text, p_tenant_id uuid)
  returns uuid
  language sql
  stable
  security definer  -- lends: finding a payment in any tenant
  set search_path = pg_catalog, pg_temp
as $$
  -- If two merchants have the same reference of one provider, it identifies neither.
  select case when count(distinct p.tenant_id) = 1 then min(p.tenant_id::text)::uuid end
    from commerce.payment as p
   where p.provider = p_provider
     and p.provider_reference = p_provider_reference
     -- Store credit never leaves the shop: no provider can report it.
     and p.payment_type <> 'store_credit'
     and (p_tenant_id is null or p.tenant_id = p_tenant_id)
$$;

alter function internal.payment_tenant(text, text, uuid) owner to commerce_system;
grant execute on function internal.payment_tenant(text, text, uuid) to commerce_definer;
comment on function internal.payment_tenant(text, text, uuid) is
  'The merchant whose payment a provider means by its reference: the named one or, where none is named, the only one with that reference. NULL when no merchant has it, or more than one.';
