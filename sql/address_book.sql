-- The shopper's addresses, the newest first, in pages.
/* @name listAddresses :many */
select a.id, a.address_type, a.is_default, a.label, a.recipient_name, a.phone_number, a.street_address, a.apartment,
       a.landmark, a.city, a.state, a.postal_code, a.country, a.delivery_note, a.version, a.created_at, a.updated_at,
       a.id as "cursor!"
  from api.address_book as a
 where a.tenant_id = :tenantId! and a.user_id = :userId! and (:after::uuid is null or a.id < :after)
 order by a.id desc
 limit :first!;

-- The shopper's new address, or the one of addressId changed at expectedVersion (its type stays). The first of a
-- type is its default. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT.
/* @name saveAddress :one */
select a.id, a.address_type, a.is_default, a.version
  from api.save_address(
    p_address_type => :addressType!, p_recipient_name => :recipientName!, p_street_address => :streetAddress!,
    p_city => :city!, p_country => :country!, p_state => :state, p_postal_code => :postalCode,
    p_phone_number => :phoneNumber, p_apartment => :apartment, p_landmark => :landmark,
    p_delivery_note => :deliveryNote, p_address_id => :addressId, p_expected_version => :expectedVersion
  ) as a
 where a.tenant_id = :tenantId!;

-- Makes an address the shopper's default of its type. FORBIDDEN, NOT_FOUND.
/* @name setDefaultAddress :one */
select a.id, a.address_type, a.is_default, a.version
  from api.set_default_address(:addressId!) as a
 where a.tenant_id = :tenantId!;

-- Takes an address out of the shopper's book; orders keep their copies. FORBIDDEN, NOT_FOUND.
/* @name removeAddress :one */
select true as "removed!" from api.remove_address(:addressId!);
