create or replace function internal.refuse_overpayment(p_tenant_id uuid, p_order_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_owed numeric;
begin
  select o.total_amount - o.paid_amount
    into v_owed
    from commerce.orders as o
    join commerce.payment as p on p.tenant_id = p_tenant_id and p.order_id = o.id
   where o.tenant_id = p_tenant_id
     and o.id = p_order_id
     and p.status in ('pending', 'requires_action', 'authorized')
     and p.amount > o.total_amount - o.paid_amount;
  if found then
    raise exception using
      errcode = 'SCAMT',
      message = 'the open payment of the order asks for more than would be owed',
      detail = json_build_object('field', 'discount_amount', 'limit', v_owed::text)::text;
  end if;
end
$$;

grant execute on function internal.refuse_overpayment(uuid, uuid) to commerce_definer;
comment on function internal.refuse_overpayment(uuid, uuid) is
  'Refuses to make an order cost less than an open payment is about to bring (SCAMT).';
