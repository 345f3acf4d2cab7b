create or replace view api.subscription_plan
  with (security_invoker = true)
as
select t.code,
       t.max_products,
       t.max_team_members,
       t.max_channels,
       t.max_messages_per_month,
       t.max_orders_per_month,
       t.max_storage_bytes,
       t.is_active,
       t.name,
       t.features,
       t.created_at,
       t.updated_at
  from commerce.subscription_plan as t;

select internal.copy_comments('api.subscription_plan', 'commerce.subscription_plan');
