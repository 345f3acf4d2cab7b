-- Undo: drop function internal.payment_tenant(text, text);
create or replace function internal.payment_tenant(p_provider text, p_provider_reference text)
  returns uuid
  language plpgsql
  stable
  security definer  -- lends: finding a payment in any tenant
  set search_path = ''
as $$
declare
  v_tenant_ids uuid[] := array(
    select p.tenant_id
      from commerce.payment as p
     where p.provider = p_provider and p.provider_reference = p_provider_reference
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

alter function internal.payment_tenant(text, text) owner to commerce_system;
grant execute on function internal.payment_tenant(text, text) to commerce_definer;
comment on function internal.payment_tenant(text, text) is
  'Whose payment a provider means by its reference. SCNTF when it is nobody''s, or more than one merchant''s.';
