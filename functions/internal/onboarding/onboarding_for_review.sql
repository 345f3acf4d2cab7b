create or replace function internal.onboarding_for_review(p_onboarding_id uuid)
  returns commerce.seller_onboarding
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('kyc.review');
  v_onboarding commerce.seller_onboarding;
begin
  select o.*
    into v_onboarding
    from commerce.seller_onboarding as o
   where o.tenant_id = v_tenant_id and o.id = p_onboarding_id
     for no key update;
  if not found then
    perform internal.refuse_missing('onboarding_id');
  end if;
  if v_onboarding.seller_id = internal.seller_id() then
    raise exception using
      errcode = 'SCPRM',
      message = 'nobody reviews their own onboarding',
      detail = json_build_object('permission', 'kyc.review')::text;
  end if;
  return v_onboarding;
end
$$;

grant execute on function internal.onboarding_for_review(uuid) to commerce_definer;
comment on function internal.onboarding_for_review(uuid) is
  'Locks an onboarding that the caller may review. SCTEN, SCPRM, SCNTF.';
