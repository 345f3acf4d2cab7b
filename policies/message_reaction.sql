-- Written by the providers' webhooks.
select internal.attach_tenant_table('commerce.message_reaction', p_is_audited => false);

create policy select_member on commerce.message_reaction for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

select internal.grant_select('api.message_reaction');
