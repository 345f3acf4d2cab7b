create or replace function api.start_onboarding(p_expected_version integer)
  returns api.seller_onboarding
  language plpgsql
  volatile
  security definer  -- lends: writing the onboarding's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_is_new boolean;
  v_onboarding commerce.seller_onboarding;
begin
  -- The owner's onboarding was made with the merchant; other sellers get theirs now.
  insert into commerce.seller_onboarding (tenant_id, seller_id)
  select v_tenant_id, internal.seller_id()
   where internal.seller_id() is not null
  on conflict do nothing;
  v_is_new := found;
  v_onboarding := internal.own_onboarding_for_update('in_progress');
  if not v_is_new then
    perform internal.require_version(p_expected_version, v_onboarding.version, 'seller_onboarding', v_onboarding.id);
  end if;

  update commerce.seller_onboarding as o
     set onboarding_status = 'in_progress',
         verification_status = 'unverified',
         current_step = coalesce(o.current_step, 'business_info'),
         version = o.version
   where o.tenant_id = v_onboarding.tenant_id and o.id = v_onboarding.id;
  return internal.onboarding_view(v_onboarding.id);
end
$$;

alter function api.start_onboarding(integer) owner to commerce_definer;
grant execute on function api.start_onboarding(integer) to commerce_member;
comment on function api.start_onboarding(integer) is
  'The seller begins their own onboarding, or begins it again after a rejection. The version is needed where there is an onboarding already. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.
@param expected_version? The version of the onboarding, where there is one already.';
