create or replace function api.merge_customers(
  p_customer_id uuid,
  p_merged_customer_id uuid,
  p_expected_version integer,
  p_expected_merged_version integer
)
  returns api.customer
  language plpgsql
  volatile
  security definer  -- lends: writing what either customer has
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('customers.manage');
  v_kept commerce.customer;
  v_merged commerce.customer;
  v_thread_ids uuid[];
  v_customer api.customer;
begin
  if p_customer_id = p_merged_customer_id then
    perform internal.refuse_input('merged_customer_id', 'must be another customer');
  end if;
  perform internal.lock_customers(p_customer_id, p_merged_customer_id);
  select c.* into v_kept
    from commerce.customer as c where c.tenant_id = v_tenant_id and c.id = p_customer_id and not c.is_deleted;
  if not found then
    perform internal.refuse_missing('customer_id');
  end if;
  select c.* into v_merged
    from commerce.customer as c where c.tenant_id = v_tenant_id and c.id = p_merged_customer_id;

  -- A repeat finds that it is done.
  if v_merged.merged_into_id is distinct from p_customer_id then
    perform internal.require_version(p_expected_version, v_kept.version, 'customer', p_customer_id);
    if v_merged.is_deleted is distinct from false then
      perform internal.refuse_missing('merged_customer_id');
    end if;
    perform internal.require_version(
      p_expected_merged_version, v_merged.version, 'customer', p_merged_customer_id, 'expected_merged_version');
    if internal.has_login(p_merged_customer_id) then
      perform internal.refuse_input('merged_customer_id', 'must be a customer without a login');
    end if;
    v_thread_ids := internal.merge_customer(p_customer_id, p_merged_customer_id);
    -- Whoever wrote these messages meant another customer, and looks again. What a sender holds is on its way.
    perform internal.apply_receipt(q.id, 'failed', now(), 'customer_merged')
       from (
         select h.id
           from unnest(v_thread_ids) as t (id)
          cross join lateral (
             select h.*
               from commerce.conversation_history as h
              where h.tenant_id = v_tenant_id and h.thread_id = t.id and h.delivery_status = 'queued'
             offset 0
           ) as h
          where not exists (
              select
                from internal.message_claim as k
               where k.tenant_id = v_tenant_id and k.message_id = h.id and k.expires_at > now() and k.worker <> ''
            )
          order by h.created_at, h.id
       ) as q;
  end if;
  select c.* into v_customer
    from api.customer as c where c.tenant_id = v_tenant_id and c.id = p_customer_id;
  return v_customer;
end
$$;

alter function api.merge_customers(uuid, uuid, integer, integer) owner to commerce_definer;
grant execute on function api.merge_customers(uuid, uuid, integer, integer) to commerce_member;
comment on function api.merge_customers(uuid, uuid, integer, integer) is
  'Makes two customers who are one person one customer: merged_customer_id gives conversations, ids, orders with their money, baskets, store credit, addresses and files to customer_id, and is deleted. The customer who stays keeps name, address, number and language, and takes them where there were none; labels and metadata are joined, and a customer who was blocked stays blocked. A second open thread of a channel is closed, a second basket of a seller cancelled, and messages that wait in the moved conversations fail with customer_merged. A visitor''s token stands for a new visitor afterwards. A repeat returns the customer again. It cannot be undone. Needs customers.manage. SCPRM, SCNTF, SCVRQ, SCVER, SCVAL for a customer who has a login, which must be the one who stays.
@param customer_id The customer who stays.
@param merged_customer_id The customer who is merged into the other one.
@param expected_version The version of the customer who stays.
@param expected_merged_version The version of the customer who is merged.';
