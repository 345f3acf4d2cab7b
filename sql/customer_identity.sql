-- The customer who writes under this id of the provider, or null.
/* @name findCustomerByIdentity :maybeOne */
select i.customer_id, i.profile_name, i.last_seen_at
  from api.customer_identity as i
 where i.tenant_id = :tenantId! and i.channel_id = :channelId! and i.external_user_id = :externalUserId!;

-- Under which ids of which accounts a customer writes, in pages.
/* @name listCustomerIdentities :many */
select i.id, i.channel_id, i.external_user_id, i.profile_name, i.last_seen_at, i.id as "cursor!"
  from api.customer_identity as i
 where i.tenant_id = :tenantId! and i.customer_id = :customerId! and (:after::uuid is null or i.id > :after)
 order by i.id
 limit :first!;
