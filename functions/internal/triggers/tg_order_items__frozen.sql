create or replace function internal.tg_order_items__frozen()
  returns trigger
  language plpgsql
  security definer  -- lends: locking the order
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line commerce.order_items := coalesce(new, old);
  v_status text;
  v_is_deleted boolean;
begin
  -- A cascade sets every column of its key, when the order's buyer or seller changes.
  if tg_op = 'UPDATE'
    and row(
      old.order_id, old.product_id, old.line_number, old.quantity, old.unit_price, old.currency_code,
      old.discount_amount, old.tax_rate, old.tax_amount, old.product_name, old.sku, old.metadata
    ) is not distinct from row(
      new.order_id, new.product_id, new.line_number, new.quantity, new.unit_price, new.currency_code,
      new.discount_amount, new.tax_rate, new.tax_amount, new.product_name, new.sku, new.metadata
    )
  then
    return new;
  end if;
  -- The lock makes the transaction that places the order wait, or be waited for; taken before the line is written,
  -- so that every transaction locks the order first and the line second. A deleted order's lines go when it is
  -- purged.
  select o.status, o.is_deleted
    into v_status, v_is_deleted
    from commerce.orders as o
   where o.tenant_id = v_line.tenant_id and o.id = v_line.order_id
     for no key update;
  -- Until the goods leave, staff correct how many are ordered; what one costs was agreed.
  if new.order_id <> old.order_id
    or new.currency_code <> old.currency_code
    or v_status <> 'draft'
      and not (tg_op = 'DELETE' and v_is_deleted)
      and not (tg_op = 'UPDATE' and v_status in ('pending', 'confirmed', 'processing')
        and (new.product_id, new.unit_price, new.tax_rate, new.product_name)
          = (old.product_id, old.unit_price, old.tax_rate, old.product_name))
  then
    raise exception using
      errcode = 'SCIMM',
      message = 'what was agreed of a placed order does not change',
      hint = 'Staff correct the lines with api.correct_order_lines until the goods leave.';
  end if;
  return coalesce(new, old);
end
$$;

alter function internal.tg_order_items__frozen() owner to commerce_definer;
comment on function internal.tg_order_items__frozen() is
  'Trigger: lines never change order or currency; what one unit costs changes, and lines are removed, only while their order is a draft, and how many are ordered until the goods leave (SCIMM). internal.tg_order_items__added looks after new lines.';
