-- Provisioned, suspended and closed by machines; its domain is claimed for it.
select internal.attach_tenant_table('commerce.tenant');
select internal.attach_lower_email('commerce.tenant');
select internal.attach_state_machine('commerce.tenant', 'status');

create or replace trigger _060_timezone
  before insert or update of timezone on commerce.tenant
  for each row execute function internal.tg_tenant__timezone();

-- Before the row is written: the unique key of domain would else speak first.
create or replace trigger _500_domain_claim
  before insert or update of domain, name, is_active, status on commerce.tenant
  for each row execute function internal.tg_tenant__domain_claim();

create or replace trigger _510_sessions
  after insert or update of is_active, status on commerce.tenant
  for each row execute function internal.tg_tenant__sessions();

-- At the end of the transaction, because the owner of a new tenant comes after it.
drop trigger if exists _520_last_owner on commerce.tenant;
create constraint trigger _520_last_owner
  after insert or update of is_active on commerce.tenant
  deferrable initially deferred
  for each row when (new.is_active)
  execute function internal.tg__last_owner('id');

-- Its own row: the policy above leaves no other.
create policy select_member on commerce.tenant for select to commerce_member
  using (true);

create policy update_member on commerce.tenant for update to commerce_member
  using ((select internal.must_have('settings.manage')))
  with check ((select internal.must_have('settings.manage')));

-- As members do, but fewer columns.
create policy select_buyer on commerce.tenant for select to commerce_buyer
  using (true);

-- As buyers do.
create policy select_anonymous on commerce.tenant for select to commerce_anonymous
  using (true);

-- Sessions are opened, and a person's tenants listed, before one is chosen.
create policy select_system on commerce.tenant for select to commerce_system
  using (true);

-- The rule of the last owner takes its lock by writing created_at onto itself.
create policy update_system on commerce.tenant for update to commerce_system
  using (true) with check (true);

select internal.grant_select('api.tenant');
select internal.grant_select('api.tenant', '{commerce_buyer, commerce_anonymous}', '{
  id, default_currency, prices_include_tax, shipping_tax_rate, name, domain, default_language, timezone
}');
grant update (
  default_currency, country_code, shipping_tax_rate, prices_include_tax, name, default_language, timezone, email, phone_number, settings,
  version
) on commerce.tenant, api.tenant to commerce_member;
grant select (id, is_active, suspended_at, created_at, name, status, timezone) on commerce.tenant to commerce_system;
grant update (created_at) on commerce.tenant to commerce_system;
