-- The customer who writes under this id of the provider, in whichever way it is written, or null.
-- FORBIDDEN, NOT_FOUND for the channel, INVALID_INPUT.
/* @name findCustomerByIdentity :maybeOne */
select c.id as customer_id, c.display_name, c.is_blocked
  from api.customer_by_identity(:channelId!, :externalUserId!) as c
 where c.tenant_id = :tenantId!;

-- Under which ids of which accounts a customer writes, in pages.
/* @name listCustomerIdentities :many */
select i.id, i.channel_id, i.external_user_id, i.profile_name, i.last_seen_at, i.id as "cursor!"
  from api.customer_identity as i
 where i.tenant_id = :tenantId! and i.customer_id = :customerId! and (:after::uuid is null or i.id > :after)
 order by i.id
 limit :first!;
