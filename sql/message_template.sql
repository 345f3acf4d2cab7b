-- Message templates of a channel by name, in pages.
/* @name listTemplates :many */
select m.id, m.name, m.language, m.category, m.status, m.rejection_reason, m.variable_count, m.body,
       m.status_changed_at, json_build_array(m.name, m.id) as "cursor!"
  from api.message_template as m
 where m.tenant_id = :tenantId!
   and m.channel_id = :channelId!
   and (:after::jsonb is null or (m.name, m.id) > (:after::jsonb ->> 0, (:after::jsonb ->> 1)::uuid))
 order by m.name, m.id
 limit :first!;

-- For webhooks, as worker: records what a provider reports about a template; what is NULL stays as it is, and a
-- decision older than the last one is ignored. NOT_FOUND for an unknown account, INVALID_INPUT.
-- @type status TemplateStatus
-- @type category TemplateCategory
-- @doc channelType The kind of channel; with externalAccountId it finds the account.
-- @doc externalAccountId The provider's id of the merchant's account.
-- @doc status What the provider decided.
-- @doc category The use that the provider allows.
-- @doc rejectionReason Why it was not approved.
-- @doc variableCount How many values a message has to fill in.
/* @name recordTemplate :one */
select m.tenant_id as "tenant_id!", m.template_id as "template_id!", m.status as "status!"
  from internal.record_template(
    :channelType!, :externalAccountId!, :name!, :language!, :status, :category, :rejectionReason, :body,
    :variableCount, :externalTemplateId, coalesce(:occurredAt::timestamptz, now())
  ) as m;
