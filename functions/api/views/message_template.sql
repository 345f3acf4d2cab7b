create or replace view api.message_template
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.channel_id,
       t.variable_count,
       t.status_changed_at,
       t.name,
       t.language,
       t.category,
       t.status,
       t.rejection_reason,
       t.external_template_id,
       t.body,
       t.created_at,
       t.updated_at
  from commerce.message_template as t;

select internal.copy_comments('api.message_template', 'commerce.message_template');
