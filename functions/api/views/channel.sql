create or replace view api.channel
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.is_active,
       t.reply_window_minutes,
       t.human_window_minutes,
       t.channel_type,
       t.name,
       t.external_account_id,
       t.provider,
       t.config,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.channel as t
 where not t.is_deleted;

select internal.copy_comments('api.channel', 'commerce.channel');

create or replace trigger soft_delete
  instead of delete on api.channel
  for each row execute function internal.tg__soft_delete_view();
