-- Written when a message is edited, and emptied when its sender deletes it.
select internal.attach_tenant_table('commerce.message_revision', p_is_audited => false);

create policy select_member on commerce.message_revision for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

create policy select_buyer on commerce.message_revision for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

create policy select_anonymous on commerce.message_revision for select to commerce_anonymous
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.message_revision');
select internal.grant_select('api.message_revision', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, message_id, occurred_at, message, created_at
}');
