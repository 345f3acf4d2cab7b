create or replace function api.create_visitor_code(
  p_valid_for interval default '15 minutes',
  out code text,
  out expires_at timestamptz
)
  language plpgsql
  volatile
  security definer  -- lends: writing the visitor's code
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  if coalesce(p_valid_for not between interval '1 minute' and interval '1 hour', true) then
    perform internal.refuse_input('valid_for', 'must be one minute to one hour');
  end if;
  code := internal.new_invite_token();
  expires_at := now() + p_valid_for;
  update internal.visitor as v
     set code_hash = sha256(convert_to(code, 'UTF8')), code_expires_at = create_visitor_code.expires_at
   where v.tenant_id = v_tenant_id
     and v.subject = internal.subject()
     and internal.session_role() = 'commerce_anonymous';
  if not found then
    raise exception using
      errcode = 'SCPRM',
      message = 'the visitor has not written yet',
      detail = json_build_object('permission', 'visitor')::text,
      hint = 'Call start_conversation first.';
  end if;
end
$$;

alter function api.create_visitor_code(interval) owner to commerce_definer;
grant execute on function api.create_visitor_code(interval) to commerce_anonymous;
comment on function api.create_visitor_code(interval) is
  'Makes a code with which the visitor, once registered as a shopper, takes over the conversations (redeem_visitor_code). The code can be used once; an earlier code of the visitor is no longer valid. SCPRM for a visitor who has not written, SCVAL.
@rowName visitor_code
@param valid_for For how long the code is valid, one minute to one hour; 15 minutes when it is left out.
@returns code! The code for redeem_visitor_code; it is never shown again.
@returns expires_at! When the code expires.';
