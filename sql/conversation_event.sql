-- What happened in a thread, the latest first, in pages.
/* @name listThreadEvents :many */
select e.id, e.event_type, e.conversation_id, e.actor_user_id, e.order_id, e.product_id, e.metadata, e.occurred_at,
       e.id as "cursor!"
  from api.conversation_event as e
 where e.tenant_id = :tenantId! and e.thread_id = :threadId! and (:after::uuid is null or e.id < :after)
 order by e.id desc
 limit :first!;

-- A note of at most 10,000 characters, for staff only. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
-- @type metadata ThreadNote
/* @name addNote :one */
select e.id, e.event_type, e.metadata, e.occurred_at
  from api.add_note(:threadId!, :note!) as e
 where e.tenant_id = :tenantId!;
