-- The shopper's means of payment, the newest first, in pages.
/* @name listPaymentMethods :many */
select m.id, m.payment_type, m.provider, m.is_default, m.display_name, m.card_brand, m.card_last_four, m.expiry_month,
       m.expiry_year, m.phone_last_four, m.last_used_at, m.version, m.created_at, m.id as "cursor!"
  from api.saved_payment_method as m
 where m.tenant_id = :tenantId! and m.user_id = :userId! and (:after::uuid is null or m.id < :after)
 order by m.id desc
 limit :first!;

-- Saves a means of payment of the shopper. providerToken: the provider's token, encrypted by the application; it is
-- stored separately and never shown. The first is the default. FORBIDDEN, INVALID_INPUT.
-- @doc providerToken AES-256-GCM envelope of the provider's token; only the payment worker can read it.
/* @name savePaymentMethod :one */
select m.id, m.payment_type, m.is_default
  from api.save_payment_method(
    :paymentType!, :provider!, :providerToken!, :displayName, :cardBrand, :cardLastFour, :expiryMonth, :expiryYear,
    :phoneLastFour
  ) as m
 where m.tenant_id = :tenantId!;

-- Makes a means of payment the shopper's default. FORBIDDEN, NOT_FOUND.
/* @name setDefaultPaymentMethod :one */
select m.id, m.is_default
  from api.set_default_payment_method(:savedPaymentMethodId!) as m
 where m.tenant_id = :tenantId!;

-- Removes a means of payment of the shopper. FORBIDDEN, NOT_FOUND.
/* @name removePaymentMethod :one */
select true as "removed!" from api.remove_payment_method(:savedPaymentMethodId!);
