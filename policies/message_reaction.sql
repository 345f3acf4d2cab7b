-- Written by the providers' webhooks.
select internal.attach_tenant_table('commerce.message_reaction', p_is_audited => false);

create policy select_member on commerce.message_reaction for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

create policy select_buyer on commerce.message_reaction for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

create policy select_anonymous on commerce.message_reaction for select to commerce_anonymous
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.message_reaction');
select internal.grant_select('api.message_reaction', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, message_id, occurred_at, sender_type, emoji, created_at, updated_at
}');
