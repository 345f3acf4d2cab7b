-- Undo: drop policy tenant on commerce.conversation_thread; drop policy all_definer on commerce.conversation_thread; drop policy select_member on commerce.conversation_thread; drop policy update_member on commerce.conversation_thread; drop policy select_buyer on commerce.conversation_thread; drop policy select_worker on commerce.conversation_thread; drop policy select_platform on commerce.conversation_thread; drop policy select_system on commerce.conversation_thread; revoke all on commerce.conversation_thread, api.conversation_thread, api.conversation_inbox from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.conversation_thread no force row level security; alter table commerce.conversation_thread disable row level security;
-- Threads are opened by messages; status and assignment move by functions, which leave an event.
alter table commerce.conversation_thread enable row level security;
alter table commerce.conversation_thread force row level security;

drop policy if exists tenant on commerce.conversation_thread;
create policy tenant on commerce.conversation_thread as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.conversation_thread;
create policy all_definer on commerce.conversation_thread for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.conversation_thread;
create policy select_member on commerce.conversation_thread for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

drop policy if exists update_member on commerce.conversation_thread;
create policy update_member on commerce.conversation_thread for update to commerce_member
  using ((select internal.has_permission('conversations.reply')))
  with check ((select internal.has_permission('conversations.reply')));

drop policy if exists select_buyer on commerce.conversation_thread;
create policy select_buyer on commerce.conversation_thread for select to commerce_buyer
  using (customer_id = (select internal.customer_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.conversation_thread;
create policy select_worker on commerce.conversation_thread for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.conversation_thread;
create policy select_platform on commerce.conversation_thread for select to commerce_platform
  using ((select internal.read_is_announced()));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
drop policy if exists select_system on commerce.conversation_thread;
create policy select_system on commerce.conversation_thread for select to commerce_system
  using (true);

revoke all on commerce.conversation_thread, api.conversation_thread
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, channel_id, customer_id, assigned_member_id, unread_count, last_message_at,
  last_inbound_at, reply_window_ends_at, first_response_at, snoozed_until, closed_at, status,
  priority, subject, language, tags, version, created_at, updated_at
) on commerce.conversation_thread to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, channel_id, customer_id, assigned_member_id, unread_count, last_message_at,
  last_inbound_at, reply_window_ends_at, first_response_at, snoozed_until, closed_at, status,
  priority, subject, language, tags, version, created_at, updated_at
) on api.conversation_thread to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, channel_id, customer_id, last_message_at, reply_window_ends_at, closed_at, status,
  language, created_at, updated_at
) on api.conversation_thread to commerce_buyer;
grant update (
  priority, subject, language, tags, version
) on commerce.conversation_thread, api.conversation_thread to commerce_member;
grant select, insert, update on commerce.conversation_thread to commerce_definer;
grant select on api.conversation_thread to commerce_definer;
grant select (tenant_id, status, snoozed_until) on commerce.conversation_thread to commerce_system;

revoke all on api.conversation_inbox
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.conversation_inbox to commerce_member, commerce_worker, commerce_platform;
