-- Written by the functions of store credit.
select internal.attach_tenant_table('commerce.customer_credit', p_is_append_only => true, p_is_audited => false);
-- A row changes its customer when customers are merged, and nothing else.
create or replace trigger _000_append_only
  before delete or update of
    id, tenant_id, granted_by_id, refund_id, payment_id, created_by, currency_code, amount, expires_at, kind, reason,
    created_at
  on commerce.customer_credit
  for each row execute function internal.tg__append_only();
grant update (customer_id) on commerce.customer_credit to commerce_definer;
select internal.attach_currency_scale('commerce.customer_credit', 'amount');

create policy select_member on commerce.customer_credit for select to commerce_member
  using ((select internal.has_permission('orders.read')));

create policy select_buyer on commerce.customer_credit for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- internal.check_money adds up every merchant's.
create policy select_system on commerce.customer_credit for select to commerce_system
  using (true);

select internal.grant_select('api.customer_credit');
select internal.grant_select('api.customer_credit', '{commerce_buyer}', '{
  id, tenant_id, customer_id, granted_by_id, payment_id, currency_code, amount, expires_at, kind, reason, created_at
}');
grant select on commerce.customer_credit to commerce_system;
