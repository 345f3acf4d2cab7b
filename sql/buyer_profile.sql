-- Makes the shopper of this session a buyer of the tenant. ALREADY_EXISTS, INVALID_INPUT.
/* @name registerBuyer :one */
select b.id, b.user_id, b.full_name, b.version
  from api.register_buyer(:fullName!, :phoneNumber, coalesce(:preferredLanguage, 'en')) as b
 where b.tenant_id = :tenantId!;

-- One buyer, or null.
/* @name getBuyerProfile :maybeOne */
select b.id, b.user_id, b.full_name, b.phone_number, b.preferred_language, b.default_currency, b.version, b.created_at,
       b.updated_at
  from api.buyer_profile as b
 where b.tenant_id = :tenantId! and b.id = :customerId!;

-- Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
/* @name updateBuyerProfile :one */
update api.buyer_profile as b
   set full_name = coalesce(:fullName, b.full_name),
       phone_number = coalesce(:phoneNumber, b.phone_number),
       preferred_language = coalesce(:preferredLanguage, b.preferred_language),
       default_currency = coalesce(:defaultCurrency, b.default_currency),
       version = :expectedVersion!
 where b.tenant_id = :tenantId! and b.id = :customerId!
returning b.id, b.version;

-- What a buyer has ordered so far, a row for each currency; drafts and cancelled orders do not count.
/* @name getCustomerValue :many */
select v.currency_code as "currency_code!", v.order_count as "order_count!", v.gross_amount as "gross_amount!",
       v.refunded_amount as "refunded_amount!", v.last_order_at as "last_order_at!"
  from api.customer_value as v
 where v.tenant_id = :tenantId! and v.id = :customerId!
 order by v.currency_code;
