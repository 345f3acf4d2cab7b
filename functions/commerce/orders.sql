-- Undo: drop trigger _010_identity on commerce.orders; drop trigger _100_version on commerce.orders; drop trigger _110_version_required on commerce.orders; drop trigger _120_updated_at on commerce.orders; drop trigger _190_live_parents on commerce.orders; drop trigger _200_soft_delete on commerce.orders; drop trigger _210_soft_delete_children on commerce.orders; drop trigger _300_transition_fulfillment_status on commerce.orders; drop trigger _300_transition_payment_status on commerce.orders; drop trigger _300_transition_status on commerce.orders; drop trigger _400_currency_scale on commerce.orders; drop trigger _500_status_history on commerce.orders; drop trigger _900_audit_delete on commerce.orders; drop trigger _900_audit_insert on commerce.orders; drop trigger _900_audit_truncate on commerce.orders; drop trigger _900_audit_update on commerce.orders; drop function audit.tg_orders();
-- Requires: functions/internal/triggers/tg_orders__status_history.sql
select internal.attach_identity('commerce.orders');
select internal.attach_version('commerce.orders');
select internal.attach_updated_at('commerce.orders');
select internal.attach_soft_delete('commerce.orders');
select internal.attach_state_machine('commerce.orders', 'status');
select internal.attach_state_machine('commerce.orders', 'payment_status');
select internal.attach_state_machine('commerce.orders', 'fulfillment_status');
select internal.attach_currency_scale(
  'commerce.orders', 'subtotal_amount', 'discount_amount', 'shipping_amount', 'tax_amount', 'paid_amount',
  'refunded_amount');

create or replace trigger _500_status_history
  after insert or update of status, payment_status, fulfillment_status on commerce.orders
  for each row execute function internal.tg_orders__status_history();

select audit.attach('commerce.orders');
