-- Written when a message is edited, and emptied when its sender deletes it.
select internal.attach_tenant_table('commerce.message_revision', p_is_audited => false);

create policy select_member on commerce.message_revision for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

select internal.grant_select('api.message_revision');
