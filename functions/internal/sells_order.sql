-- Undo: drop function internal.sells_order(uuid);
-- For policies of tables that know their order but not its seller. A seller may have more orders than
-- an array should hold, so this is asked row by row, for the rows that an index has found already.
create or replace function internal.sells_order(p_order_id uuid)
  returns boolean
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading orders
  set search_path = ''
as $$
begin
  return exists (
    select
      from commerce.orders as o
     where o.tenant_id = internal.tenant_id()
       and o.id = p_order_id
       and o.seller_id = internal.seller_id()
  );
end
$$;

alter function internal.sells_order(uuid) owner to commerce_definer;
grant execute on function internal.sells_order(uuid) to commerce_member;
comment on function internal.sells_order(uuid) is 'Whether an order is the current session''s seller''s own.';
