-- Undo: drop trigger _010_identity on commerce.order_items; drop trigger _120_updated_at on commerce.order_items; drop trigger _300_frozen on commerce.order_items; drop trigger _400_currency_scale on commerce.order_items; drop trigger _500_totals_delete on commerce.order_items; drop trigger _500_totals_insert on commerce.order_items; drop trigger _500_totals_update on commerce.order_items; drop trigger _900_audit_delete on commerce.order_items; drop trigger _900_audit_insert on commerce.order_items; drop trigger _900_audit_truncate on commerce.order_items; drop trigger _900_audit_update on commerce.order_items; drop function audit.tg_order_items();
-- Requires: functions/internal/triggers/tg_order_items__frozen.sql
-- Requires: functions/internal/triggers/tg_order_items__totals.sql
select internal.attach_identity('commerce.order_items');
select internal.attach_updated_at('commerce.order_items');
select internal.attach_currency_scale('commerce.order_items', 'unit_price', 'discount_amount', 'tax_amount');

-- returned_quantity is left out: returns come after delivery.
create or replace trigger _300_frozen
  before insert or delete or update of
    order_id, product_id, line_number, quantity, unit_price, currency_code, discount_amount, tax_amount,
    product_name, sku, metadata
  on commerce.order_items
  for each row execute function internal.tg_order_items__frozen();

-- No column list: PostgreSQL does not combine one with transition tables.
create or replace trigger _500_totals_insert
  after insert on commerce.order_items
  referencing new table as changed_rows
  for each statement execute function internal.tg_order_items__totals();
create or replace trigger _500_totals_update
  after update on commerce.order_items
  referencing new table as changed_rows
  for each statement execute function internal.tg_order_items__totals();
create or replace trigger _500_totals_delete
  after delete on commerce.order_items
  referencing old table as changed_rows
  for each statement execute function internal.tg_order_items__totals();

select audit.attach('commerce.order_items');
