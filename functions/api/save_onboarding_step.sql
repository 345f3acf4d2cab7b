create or replace function api.save_onboarding_step(p_step text, p_expected_version integer)
  returns api.seller_onboarding
  language plpgsql
  volatile
  security definer  -- lends: writing how far an onboarding has come
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding := internal.editable_onboarding_for_update();
begin
  perform internal.require_in_set('step', p_step, 'seller_onboarding', 'current_step');
  perform internal.require_version(p_expected_version, v_onboarding.version, 'seller_onboarding', v_onboarding.id);

  update commerce.seller_onboarding as o
     set current_step = p_step, version = o.version
   where o.tenant_id = v_onboarding.tenant_id and o.id = v_onboarding.id;
  return internal.onboarding_view(v_onboarding.id);
end
$$;

alter function api.save_onboarding_step(text, integer) owner to commerce_definer;
grant execute on function api.save_onboarding_step(text, integer) to commerce_member;
comment on function api.save_onboarding_step(text, integer) is
  'Saves the next step of the seller''s own onboarding, so that the seller can go on there on another day or device. SCPRM, SCNTF, SCIMM once it is submitted, SCVER, SCVRQ, SCVAL.
@param step {seller_onboarding.current_step}';
