create or replace function internal.own_onboarding_for_update(p_next_status text default null)
  returns commerce.seller_onboarding
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_seller_id uuid := internal.seller_id();
  v_onboarding commerce.seller_onboarding;
begin
  if v_seller_id is null then
    raise exception using
      errcode = 'SCPRM',
      message = 'only a seller has an onboarding',
      detail = json_build_object('permission', 'seller')::text;
  end if;

  select o.*
    into v_onboarding
    from commerce.seller_onboarding as o
   where o.tenant_id = v_tenant_id and o.seller_id = v_seller_id
     for no key update;
  if not found then
    perform internal.refuse_missing('onboarding');
  end if;

  -- internal.require_transition asks for permissions; what a seller may do is to own the row.
  if p_next_status is not null and not exists (
    select
      from internal.state_transition as t
     where t.machine = 'seller_onboarding.onboarding_status'
       and t.from_state = v_onboarding.onboarding_status
       and t.to_state = p_next_status
  ) then
    raise exception using
      errcode = 'SCTRN',
      message = format('an onboarding cannot go from %s to %s', v_onboarding.onboarding_status, p_next_status),
      detail = json_build_object(
        'machine', 'seller_onboarding.onboarding_status',
        'from', v_onboarding.onboarding_status,
        'to', p_next_status)::text;
  end if;
  return v_onboarding;
end
$$;

grant execute on function internal.own_onboarding_for_update(text) to commerce_definer;
comment on function internal.own_onboarding_for_update(text) is
  'Locks the onboarding of the current session''s seller, for a change to the given status. SCTEN, SCPRM for a person who does not sell, SCNTF, SCTRN.';
