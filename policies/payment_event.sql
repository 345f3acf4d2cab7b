-- The ledger of what happened is only added to, by the payment functions.
select internal.attach_tenant_table('commerce.payment_event', p_is_append_only => true, p_is_audited => false);
select internal.attach_currency_scale('commerce.payment_event', 'amount');

create policy select_member on commerce.payment_event for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

-- internal.check_money adds up every merchant's.
create policy select_system on commerce.payment_event for select to commerce_system
  using (true);

select internal.grant_select('api.payment_event');
grant select on commerce.payment_event to commerce_system;
