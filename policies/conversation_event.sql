-- Undo: drop policy tenant on commerce.conversation_event; drop policy all_definer on commerce.conversation_event; drop policy select_member on commerce.conversation_event; drop policy select_worker on commerce.conversation_event; drop policy select_platform on commerce.conversation_event; revoke all on commerce.conversation_event, api.conversation_event from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.conversation_event no force row level security; alter table commerce.conversation_event disable row level security;
-- Events hold the notes and assignments of staff: no buyer sees them.
alter table commerce.conversation_event enable row level security;
alter table commerce.conversation_event force row level security;

drop policy if exists tenant on commerce.conversation_event;
create policy tenant on commerce.conversation_event as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.conversation_event;
create policy all_definer on commerce.conversation_event for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.conversation_event;
create policy select_member on commerce.conversation_event for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.conversation_event;
create policy select_worker on commerce.conversation_event for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.conversation_event;
create policy select_platform on commerce.conversation_event for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.conversation_event, api.conversation_event
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  id, tenant_id, conversation_id, thread_id, actor_user_id, product_id, order_id, occurred_at,
  event_type, external_event_id, metadata, created_at
) on commerce.conversation_event, api.conversation_event to commerce_member, commerce_worker, commerce_platform;
grant select, insert on commerce.conversation_event to commerce_definer;
grant select on api.conversation_event to commerce_definer;
