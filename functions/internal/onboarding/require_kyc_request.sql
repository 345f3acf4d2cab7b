create or replace function internal.require_kyc_request(p_tenant_id uuid, p_onboarding_id uuid)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- The request was committed before, so that a rollback after the reading cannot hide the reading.
  if not audit.read_was_requested(
    p_tenant_id, internal.user_id(), 'seller_onboarding', p_onboarding_id::text, interval '15 minutes')
  then
    raise exception using
      errcode = 'SCPRM',
      message = 'the reveal was not requested, or too long ago',
      detail = json_build_object('permission', 'kyc.review')::text,
      hint = 'Call request_kyc_reveal in a transaction of its own first.';
  end if;
end
$$;

grant execute on function internal.require_kyc_request(uuid, uuid) to commerce_definer;
comment on function internal.require_kyc_request(uuid, uuid) is
  'Refuses (SCPRM) to show what an onboarding''s seller handed in, unless the user called request_kyc_reveal within the last 15 minutes in an earlier transaction.';
