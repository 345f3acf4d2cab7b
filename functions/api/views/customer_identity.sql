create or replace view api.customer_identity
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.customer_id,
       t.channel_id,
       t.last_seen_at,
       t.channel_type,
       t.external_user_id,
       t.identity_key,
       t.profile_name,
       t.created_at,
       t.updated_at
  from commerce.customer_identity as t;

select internal.copy_comments('api.customer_identity', 'commerce.customer_identity');
