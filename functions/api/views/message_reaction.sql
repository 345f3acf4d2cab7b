create or replace view api.message_reaction
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.message_id,
       t.occurred_at,
       t.sender_type,
       t.author_external_id,
       t.emoji,
       t.created_at,
       t.updated_at
  from commerce.message_reaction as t
 where t.emoji <> '';

select internal.copy_comments('api.message_reaction', 'commerce.message_reaction');
comment on column api.message_reaction.message_id is 'The message.
@listName reactions';
