create or replace function internal.tg_seller_profile__is_seller()
  returns trigger
  language plpgsql
  security definer  -- lends: writing users.is_seller
  set search_path = pg_catalog, pg_temp
as $$
begin
  update commerce.users as u
     set is_seller = not new.is_deleted
   where u.tenant_id = new.tenant_id and u.id = new.user_id and u.is_seller = new.is_deleted;
  perform internal.revoke_sessions(p_tenant_id => new.tenant_id, p_user_id => new.user_id);
  return null;
end
$$;

alter function internal.tg_seller_profile__is_seller() owner to commerce_definer;
comment on function internal.tg_seller_profile__is_seller() is
  'Trigger: users.is_seller shows whether the person has a live seller profile.';
