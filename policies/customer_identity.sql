-- Written when messages arrive.
select internal.attach_tenant_table('commerce.customer_identity', p_is_audited => false);

create policy select_member on commerce.customer_identity for select to commerce_member
  using ((select internal.has_permission('customers.read')));

select internal.grant_select('api.customer_identity');
