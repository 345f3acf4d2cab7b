-- Written by webhooks; staff decide what waits. A row of which the tenant is not known is seen by nobody.
select internal.attach_tenant_table('commerce.inbound_event', p_is_audited => false);
select internal.attach_currency_scale('commerce.inbound_event', 'amount');

create policy select_member on commerce.inbound_event for select to commerce_member
  using ((select internal.has_permission('payments.manage')));

-- Providers' webhooks report what nobody knows before a tenant is known.
create policy all_system on commerce.inbound_event for all to commerce_system
  using (true) with check (true);

select internal.grant_select('api.inbound_event');
grant select, insert, delete on commerce.inbound_event to commerce_system;
