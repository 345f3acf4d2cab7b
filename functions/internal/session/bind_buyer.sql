create or replace function internal.bind_buyer(p_user_id uuid, p_customer_id uuid)
  returns void
  language sql
  volatile
  security definer  -- lends: writing internal.session
  set search_path = pg_catalog, pg_temp
as $$
  -- All of the shopper's open sessions are updated, or another device would stay unregistered for an hour.
  update internal.session as s
     set user_id = p_user_id, customer_id = p_customer_id
   where s.tenant_id = internal.tenant_id()
     and s.role = 'commerce_buyer'
     and s.subject = internal.subject()
$$;

alter function internal.bind_buyer(uuid, uuid) owner to commerce_system;
grant execute on function internal.bind_buyer(uuid, uuid) to commerce_definer;
comment on function internal.bind_buyer(uuid, uuid) is
  'Sets in the open sessions of the current shopper which users and customer rows are the shopper''s.';
