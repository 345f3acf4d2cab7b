-- Undo: drop policy select_all on commerce.currency; revoke all on commerce.currency, api.currency from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.currency no force row level security; alter table commerce.currency disable row level security;
alter table commerce.currency enable row level security;
alter table commerce.currency force row level security;

-- Reference data: the same rows for everyone.
drop policy if exists select_all on commerce.currency;
create policy select_all on commerce.currency for select
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system
  using (true);

revoke all on commerce.currency, api.currency
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  code, minor_unit, name
) on commerce.currency, api.currency to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select on commerce.currency to commerce_definer, commerce_system;
