create or replace function internal.tg_buyer_profile__sessions()
  returns trigger
  language plpgsql
  security definer  -- lends: revoking sessions
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.revoke_sessions(p_tenant_id => new.tenant_id, p_user_id => new.user_id);
  return null;
end
$$;

alter function internal.tg_buyer_profile__sessions() owner to commerce_definer;
comment on function internal.tg_buyer_profile__sessions() is
  'Trigger: sessions carry the customer that a shopper is; a shopper whose profile is deleted or restored comes back with a new session.';
