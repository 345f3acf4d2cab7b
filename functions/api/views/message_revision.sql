create or replace view api.message_revision
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.message_id,
       t.occurred_at,
       t.message,
       t.created_at
  from commerce.message_revision as t;

select internal.copy_comments('api.message_revision', 'commerce.message_revision');
comment on column api.message_revision.message_id is 'The message.
@listName revisions';
comment on column api.message_revision.message is 'The text, at most 64 KiB; empty once the sender deleted the message.
@name text';
