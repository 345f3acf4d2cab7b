-- Buyers see what happened, and neither the person who did it nor the reason.
select internal.attach_tenant_table('commerce.order_status_history', p_is_append_only => true, p_is_audited => false);

create or replace trigger _800_live
  after insert on commerce.order_status_history
  for each row execute function internal.tg__live('order_changes');

create policy select_member on commerce.order_status_history for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_status_history for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.order_status_history');
select internal.grant_select('api.order_status_history', '{commerce_buyer}', '{
  id, tenant_id, order_id, field, from_value, to_value, created_at
}');
