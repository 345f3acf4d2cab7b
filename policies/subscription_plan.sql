-- Undo: drop policy select_all on commerce.subscription_plan; revoke all on commerce.subscription_plan, api.subscription_plan from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.subscription_plan no force row level security; alter table commerce.subscription_plan disable row level security;
alter table commerce.subscription_plan enable row level security;
alter table commerce.subscription_plan force row level security;

-- Reference data: the same rows for everyone who may read it.
drop policy if exists select_all on commerce.subscription_plan;
create policy select_all on commerce.subscription_plan for select
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system
  using (true);

revoke all on commerce.subscription_plan, api.subscription_plan
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  code, max_products, max_team_members, max_channels, max_messages_per_month, max_orders_per_month,
  max_storage_bytes, is_active, name, features, created_at, updated_at
) on commerce.subscription_plan, api.subscription_plan to commerce_member, commerce_worker, commerce_platform;
grant select on commerce.subscription_plan to commerce_definer, commerce_system;
