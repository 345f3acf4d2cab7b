-- The discounts that buyers get by a code, by code, in pages.
/* @name listDiscounts :many */
select d.id, d.code, d.amount, d.rate, d.currency_code, d.minimum_amount, d.seller_id, d.product_id, d.max_uses,
       d.max_uses_per_customer, d.used_count, d.is_active, d.starts_at, d.ends_at, d.version, d.code as "cursor!"
  from api.discount as d
 where d.tenant_id = :tenantId! and (:after::text is null or d.code > :after)
 order by d.code
 limit :first!;

-- One discount by its code, or null.
/* @name getDiscount :maybeOne */
select d.id, d.code, d.amount, d.rate, d.currency_code, d.minimum_amount, d.seller_id, d.product_id, d.max_uses,
       d.max_uses_per_customer, d.used_count, d.is_active, d.starts_at, d.ends_at, d.version
  from api.discount as d
 where d.tenant_id = :tenantId! and d.code = :code!;

-- Adds a discount with its code: an amount in a currency, or a rate (0.1 is 10 %). ALREADY_EXISTS, FORBIDDEN,
-- INVALID_INPUT.
/* @name createDiscount :one */
insert into api.discount (
  code, amount, rate, currency_code, minimum_amount, seller_id, product_id, max_uses, max_uses_per_customer,
  starts_at, ends_at
)
select :code!::text, :amount::numeric, :rate::numeric, :currencyCode::text, :minimumAmount::numeric, :sellerId::uuid,
       :productId::uuid, :maxUses::integer, :maxUsesPerCustomer::integer, :startsAt::timestamptz, :endsAt::timestamptz
  from api.tenant as t
 where t.id = :tenantId!
returning id, version;

-- Sets when a discount is valid and how often it may be used; NULL means no limit. Its terms stay. NOT_FOUND,
-- VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
/* @name updateDiscount :one */
update api.discount as d
   set is_active = :isActive!,
       starts_at = :startsAt,
       ends_at = :endsAt,
       max_uses = :maxUses,
       max_uses_per_customer = :maxUsesPerCustomer,
       version = :expectedVersion!
 where d.tenant_id = :tenantId! and d.id = :discountId!
returning d.id, d.version;

-- Marks a discount deleted. Null: not found, or changed since it was read. FORBIDDEN.
/* @name deleteDiscount :maybeOne */
delete from api.discount as d
 where d.tenant_id = :tenantId! and d.id = :discountId! and d.version = :expectedVersion!
returning d.id;
