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

-- Records an event that a bot or a channel noticed in a conversation and that no message contains. FORBIDDEN,
-- NOT_FOUND, INVALID_INPUT.
-- @type eventType 'product_clicked' | 'user_joined' | 'user_left' | 'consent_changed' | 'onboarding_step' | 'onboarding_error'
/* @name recordEvent :one */
select e.id, e.event_type, e.product_id, e.occurred_at
  from api.record_event(:threadId!, :eventType!, coalesce(:metadata::jsonb, '{}'), :productId) as e
 where e.tenant_id = :tenantId!;
