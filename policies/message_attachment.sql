-- Written with their message, and shown unless its sender took it back.
select internal.attach_tenant_table('commerce.message_attachment', p_is_audited => false, p_is_append_only => true);

create policy select_member on commerce.message_attachment for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

select internal.grant_select('api.message_attachment');
