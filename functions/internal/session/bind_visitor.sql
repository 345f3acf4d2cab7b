create or replace function internal.bind_visitor(p_subject text, p_customer_id uuid)
  returns void
  language sql
  volatile
  security definer  -- lends: writing internal.session
  set search_path = pg_catalog, pg_temp
as $$
  -- All of the visitor's open sessions are updated, as for a buyer (internal.bind_buyer).
  update internal.session as s
     set customer_id = p_customer_id
   where s.tenant_id = internal.tenant_id()
     and s.role = 'commerce_anonymous'
     and s.subject = p_subject
$$;

alter function internal.bind_visitor(text, uuid) owner to commerce_system;
grant execute on function internal.bind_visitor(text, uuid) to commerce_definer;
comment on function internal.bind_visitor(text, uuid) is
  'Sets in the open sessions of a visitor of the current tenant as which customer the visitor writes; NULL means none.';
