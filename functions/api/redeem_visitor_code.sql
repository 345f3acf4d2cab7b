create or replace function api.redeem_visitor_code(p_code text)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: giving a visitor's threads to the shopper
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_customer_id uuid;
  v_visitor internal.visitor;
  v_thread_ids uuid[];
begin
  perform internal.require_buyer();
  v_customer_id := internal.customer_id();
  -- The turn comes before the row, as in internal.lock_customers.
  perform internal.take_turn('visitor ' || md5(v.subject))
     from internal.visitor as v
    where v.tenant_id = v_tenant_id and v.code_hash = sha256(convert_to(p_code, 'UTF8'));
  delete from internal.visitor as v
   where v.tenant_id = v_tenant_id
     and v.code_hash = sha256(convert_to(p_code, 'UTF8'))
     and v.code_expires_at > now()
  returning v.* into v_visitor;
  if not found then
    perform internal.refuse_missing('code');
  end if;
  -- A person who goes on with the visitor's token is a new visitor, and sees nothing of the shopper's.
  perform internal.bind_visitor(v_visitor.subject, null);
  -- This lock prevents a thread of the shopper from being opened in the meantime.
  perform from commerce.customer as c where c.tenant_id = v_tenant_id and c.id = v_customer_id for update;

  v_thread_ids := internal.move_threads(v_tenant_id, v_visitor.customer_id, v_customer_id);
  update internal.upload as u
     set customer_id = v_customer_id, user_id = internal.user_id()
   where u.tenant_id = v_tenant_id and u.customer_id = v_visitor.customer_id and u.user_id is null;
  update commerce.customer as c
     set is_deleted = true, deleted_at = now(), version = c.version
   where c.tenant_id = v_tenant_id
     and c.id = v_visitor.customer_id
     and not c.is_deleted
     and not exists (
       select from commerce.buyer_profile as b where b.tenant_id = v_tenant_id and b.id = c.id
     );
  return cardinality(v_thread_ids);
end
$$;

alter function api.redeem_visitor_code(text) owner to commerce_definer;
grant execute on function api.redeem_visitor_code(text) to commerce_buyer;
comment on function api.redeem_visitor_code(text) is
  'Lets a shopper take over the conversations that they began as a visitor, with the code that the visitor''s session made (create_visitor_code). Where the shopper has an open thread in the same chat, the visitor''s thread is closed. Returns how many threads were taken over. SCPRM for a shopper who is not registered, SCNTF for a code that is unknown, used or expired.
@param code The code that create_visitor_code returned.';
