create or replace function internal.bind_user(p_user_id uuid)
  returns void
  language sql
  volatile
  security definer  -- lends: writing internal.session
  set search_path = pg_catalog, pg_temp
as $$
  update internal.session as s
     set user_id = p_user_id
   where s.tenant_id = internal.tenant_id() and s.subject = internal.subject() and s.user_id is null
$$;

alter function internal.bind_user(uuid) owner to commerce_system;
grant execute on function internal.bind_user(uuid) to commerce_definer;
comment on function internal.bind_user(uuid) is
  'Sets in the current person''s open sessions of the tenant which users row is theirs.';
