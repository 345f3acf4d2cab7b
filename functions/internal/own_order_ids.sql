-- Undo: drop function internal.own_order_ids();
-- For policies of tables that know their order but not its buyer: read once a statement, and a
-- buyer's few orders lead into the index of the table.
create or replace function internal.own_order_ids()
  returns uuid[]
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading orders
  set search_path = ''
as $$
begin
  return array(
    select o.id
      from commerce.orders as o
     where o.tenant_id = internal.tenant_id() and o.customer_id = internal.customer_id()
  );
end
$$;

alter function internal.own_order_ids() owner to commerce_definer;
grant execute on function internal.own_order_ids() to commerce_buyer;
comment on function internal.own_order_ids() is 'The orders of the current session''s buyer.';
