-- Requires: functions/internal/onboarding/own_onboarding_for_update.sql
create or replace function internal.editable_onboarding_for_update(p_also_status text default null)
  returns commerce.seller_onboarding
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding := internal.own_onboarding_for_update();
begin
  if v_onboarding.onboarding_status not in ('in_progress', 'additional_info_needed')
    and v_onboarding.onboarding_status is distinct from p_also_status
  then
    raise exception using
      errcode = 'SCIMM',
      message = 'an onboarding is changed before it is submitted, or when more is asked for',
      detail = json_build_object('status', v_onboarding.onboarding_status)::text;
  end if;
  return v_onboarding;
end
$$;

grant execute on function internal.editable_onboarding_for_update(text) to commerce_definer;
comment on function internal.editable_onboarding_for_update(text) is
  'Locks the onboarding of the current session''s seller while what it needs may be changed: before it is submitted, when more is asked for, and in the state that is named besides. SCTEN, SCPRM, SCNTF, SCIMM.';
