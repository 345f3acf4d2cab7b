-- The count is written first: its lock lets one after the other look at what has been used, and under repeatable read
-- the second fails with 40001.
create or replace function internal.use_discount(p_order commerce.orders)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_discount commerce.discount;
begin
  update commerce.discount as d
     set used_count = d.used_count + 1
   where d.tenant_id = p_order.tenant_id and d.code = p_order.discount_code
  returning d.* into v_discount;
  perform internal.require_discount(v_discount, p_order);
  if v_discount.used_count > v_discount.max_uses then
    perform internal.refuse_discount('used_up');
  end if;
end
$$;

grant execute on function internal.use_discount(commerce.orders) to commerce_definer;
comment on function internal.use_discount(commerce.orders) is
  'Counts the discount code of a basket that is being placed as used once more (SCDSC).';
