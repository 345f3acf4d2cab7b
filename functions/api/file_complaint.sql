create or replace function api.file_complaint(
  p_type text,
  p_description text,
  p_order_id uuid default null,
  p_product_id uuid default null,
  p_thread_id uuid default null
)
  returns api.complaints
  language plpgsql
  volatile
  security definer  -- lends: writing complaints, and looking for what they are about
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.customer_id();
  v_id uuid := internal.uuid_v7();
begin
  if v_own_id is null or internal.is_staff() then
    perform internal.require_permission('complaints.manage');
    v_own_id := null;
  end if;
  perform internal.refuse_faults(
    internal.set_fault('type', p_type, 'complaints', 'type'),
    internal.text_fault('description', p_description, 65536),
    case when p_type = 'order' and p_order_id is null
      then internal.fault('order_id', 'must be given for a complaint about an order') end,
    case when p_type = 'product' and p_product_id is null
      then internal.fault('product_id', 'must be given for a complaint about a product') end
  );

  if p_order_id is not null and not exists (
    select
      from commerce.orders as o
     where o.tenant_id = v_tenant_id
       and o.id = p_order_id
       and not o.is_deleted
       and (v_own_id is null or o.customer_id = v_own_id)
  ) then
    perform internal.refuse_missing('order_id');
  end if;
  -- A buyer can complain about a product that they ordered even when it is no longer sold.
  if p_product_id is not null and not exists (
    select
      from commerce.products as p
     where p.tenant_id = v_tenant_id
       and p.id = p_product_id
       and (v_own_id is null
         or p.is_active and not p.is_deleted
         or exists (
           select
             from commerce.order_items as i
             join commerce.orders as o on o.tenant_id = v_tenant_id and o.id = i.order_id
            where i.tenant_id = v_tenant_id and i.product_id = p.id and o.customer_id = v_own_id
         ))
  ) then
    perform internal.refuse_missing('product_id');
  end if;
  if p_thread_id is not null and not exists (
    select
      from commerce.conversation_thread as h
     where h.tenant_id = v_tenant_id and h.id = p_thread_id and (v_own_id is null or h.customer_id = v_own_id)
  ) then
    perform internal.refuse_missing('thread_id');
  end if;

  insert into commerce.complaints (id, tenant_id, user_id, order_id, product_id, thread_id, type, description)
  values (v_id, v_tenant_id, internal.user_id(), p_order_id, p_product_id, p_thread_id, p_type, p_description);
  return internal.complaint_view(v_id);
end
$$;

alter function api.file_complaint(text, text, uuid, uuid, uuid) owner to commerce_definer;
grant execute on function api.file_complaint(text, text, uuid, uuid, uuid) to commerce_member, commerce_buyer;
comment on function api.file_complaint(text, text, uuid, uuid, uuid) is
  'Files a complaint of a registered buyer about one of their orders, a product, a person or something else; staff need complaints.manage. SCPRM, SCNTF, SCVAL.';
