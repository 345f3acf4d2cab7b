create or replace view api.tenant
  with (security_invoker = true)
as
select t.id,
       t.default_currency,
       t.country_code,
       t.shipping_tax_rate,
       t.prices_include_tax,
       t.is_active,
       t.suspended_at,
       t.closed_at,
       t.name,
       t.domain,
       t.subscription_tier,
       t.status,
       t.default_language,
       t.timezone,
       t.email,
       t.phone_number,
       t.settings,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.tenant as t;

select internal.copy_comments('api.tenant', 'commerce.tenant');
