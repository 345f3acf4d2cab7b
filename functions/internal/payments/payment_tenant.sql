create or replace function internal.payment_tenant(p_provider text, p_provider_reference text, p_tenant_id uuid)
  returns uuid
  language plpgsql
  stable
  security definer  -- lends: finding a payment in any tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_ids uuid[] := array(
    select p.tenant_id
      from commerce.payment as p
     where p.provider = p_provider
       and p.provider_reference = p_provider_reference
       and (p_tenant_id is null or p.tenant_id = p_tenant_id)
     limit 2
  );
begin
  -- Two merchants with the same reference of one provider: it names neither.
  if cardinality(v_tenant_ids) <> 1 then
    perform internal.refuse_missing('provider_reference');
  end if;
  return v_tenant_ids[1];
end
$$;

alter function internal.payment_tenant(text, text, uuid) owner to commerce_system;
grant execute on function internal.payment_tenant(text, text, uuid) to commerce_definer;
comment on function internal.payment_tenant(text, text, uuid) is
  'Whose payment a provider means by its reference: the named merchant''s or, where none is named, the only one''s. SCNTF when it is nobody''s, or more than one merchant''s.';
