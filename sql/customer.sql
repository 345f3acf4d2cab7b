-- Customers, the latest active first, in pages.
/* @name listCustomers :many */
select c.id, c.display_name, c.email, c.phone_number, c.preferred_language, c.is_blocked, c.tags, c.last_activity_at,
       c.version, json_build_array(c.last_activity_at, c.id) as "cursor!"
  from api.customer as c
 where c.tenant_id = :tenantId!
   and (:after::jsonb is null
     or (c.last_activity_at, c.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by c.last_activity_at desc, c.id desc
 limit :first!;

-- Customers whose name or telephone number contains a term of at least 3 characters, the latest active first, in
-- pages. FORBIDDEN, INVALID_INPUT.
/* @name searchCustomers :many */
select c.*, json_build_array(m.last_activity_at, m.customer_id) as "cursor!"
  from api.search_customers(
    :term!, least(:first!::bigint, 2147483647)::integer, (:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid
  ) as m
 cross join lateral (
    select c.id, c.display_name, c.email, c.phone_number, c.is_blocked, c.tags, c.last_activity_at, c.version
      from api.customer as c
     where c.tenant_id = :tenantId! and c.id = m.customer_id
    offset 0
  ) as c
 order by m.last_activity_at desc, m.customer_id desc;

-- One customer, or null.
/* @name getCustomer :maybeOne */
select c.id, c.display_name, c.email, c.phone_number, c.preferred_language, c.is_blocked, c.tags, c.metadata,
       c.first_seen_at, c.last_activity_at, c.version, c.created_at, c.updated_at
  from api.customer as c
 where c.tenant_id = :tenantId! and c.id = :customerId!;

-- The customer with this telephone number (E.164), in whichever way it is written, or null. FORBIDDEN, INVALID_INPUT.
/* @name findCustomerByPhone :maybeOne */
select c.id, c.display_name, c.is_blocked, c.version
  from api.customer_by_phone(:phoneNumber!) as c
 where c.tenant_id = :tenantId!;

-- Adds a customer by hand, for staff. FORBIDDEN, ALREADY_EXISTS for a telephone number, INVALID_INPUT.
/* @name createCustomer :one */
insert into api.customer (display_name, email, phone_number, preferred_language, tags, metadata)
select :displayName!::text, :email::text, :phoneNumber::text, :preferredLanguage::text,
       coalesce(:tags::text[], '{}'), coalesce(:metadata::jsonb, '{}')
  from api.tenant as t
 where t.id = :tenantId!
returning id, version;

-- Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, ALREADY_EXISTS.
/* @name updateCustomer :one */
update api.customer as c
   set display_name = coalesce(:displayName, c.display_name),
       email = coalesce(:email, c.email),
       phone_number = coalesce(:phoneNumber, c.phone_number),
       preferred_language = coalesce(:preferredLanguage, c.preferred_language),
       is_blocked = coalesce(:isBlocked, c.is_blocked),
       tags = coalesce(:tags, c.tags),
       metadata = coalesce(:metadata::jsonb, c.metadata),
       version = :expectedVersion!
 where c.tenant_id = :tenantId! and c.id = :customerId!
returning c.id, c.version;

-- Marks a customer deleted; restoreRecord brings them back. Null: not found, or changed since it was read.
-- HAS_DEPENDENTS, FORBIDDEN.
/* @name deleteCustomer :maybeOne */
delete from api.customer as c
 where c.tenant_id = :tenantId! and c.id = :customerId! and c.version = :expectedVersion!
returning c.id;

-- Makes two customers who are one person one: mergedCustomerId gives all it has to customerId, and is deleted. A repeat
-- returns the customer again. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT for a customer who has a login, which
-- must be the one who stays.
-- @doc expectedVersion The version of the customer who stays.
-- @doc expectedMergedVersion The version of the customer who is merged.
/* @name mergeCustomers :one */
select c.id, c.version
  from api.merge_customers(:customerId!, :mergedCustomerId!, :expectedVersion!, :expectedMergedVersion!) as c
 where c.tenant_id = :tenantId!;
