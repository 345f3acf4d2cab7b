create or replace function internal.kyc_info_of(p_onboarding_id uuid)
  returns commerce.kyc_info
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('kyc.review');
  v_info commerce.kyc_info;
begin
  select k.*
    into v_info
    from commerce.seller_onboarding as o
    join commerce.kyc_info as k on k.tenant_id = o.tenant_id and k.seller_id = o.seller_id
   where o.tenant_id = v_tenant_id and o.id = p_onboarding_id;
  if not found then
    perform internal.refuse_missing('onboarding_id');
  end if;
  return v_info;
end
$$;

grant execute on function internal.kyc_info_of(uuid) to commerce_definer;
comment on function internal.kyc_info_of(uuid) is
  'What an onboarding''s seller has saved, for staff who may review it. SCTEN, SCPRM, SCNTF.';
