/** What checks.test.ts cannot derive from the catalogue: how valid rows look, and how each rule of meaning is broken. */

/** Values of the valid row of a table, where the type of the column alone does not give one. */
export const values: Record<string, Record<string, string>> = {
  complaints: { type: "'user'" },
  conversation_history: { direction: "'outbound'", delivery_status: "'queued'" },
  currency: { code: "'XTS'" },
  customer_credit: { kind: "'granted'", amount: '1' },
  message_attachment: { url: "'https://files.example/1'" },
  permission: { code: "'orders.read_all'" },
  saved_payment_method: { payment_type: "'wallet'" },
  storefront_banner: { title: "'Sale'" },
  storefront_theme: { tenant_id: 'internal.uuid_v7()', tenant_key: 'internal.uuid_v7()' },
  team_invites: { role: "'admin'", email: "'ann@shop.example'", expires_at: "now() + interval '1 day'" },
  tenant: { domain: "'shop.example'", name: "'Shop'" },
  users: { tenant_id: 'internal.uuid_v7()', tenant_key: 'internal.uuid_v7()' },
};

/** Forms, by the end of the check's name: what breaks each, and what keeps it. */
export const forms: [suffix: RegExp, broken: string[], kept: string[]][] = [
  [
    /phone_number_form$/,
    ["'08030000001'", "'+0803000001'", "'+23480300x0001'", "'+23'", "'+123456'", "'+1234567890123456'"],
    ["'+1234567'", "'+123456789012345'", "'+2348030000001'"],
  ],
  [/country(?:_code)?_(?:form|is_iso)$/, ["'gb'", "'G1'", "'G'"], ["'GB'", "'NG'"]],
  [/last_four_form$/, ["'123'", "'12a4'"], ["'0000'", "'4242'"]],
  [
    /domain_form$/,
    ["'Shop.example'", "'shop'", "'-shop.example'", "'shop-.example'", "'shop..example'", "'shop.example.'"],
    ["'shop.example'", "'my-shop.co.uk'", "'1.example'", "'9a99.e99x9'", "'9.9'", "'0.0'"],
  ],
  [/email_lower_case$/, ["'Ann@shop.example'"], ["'ann@shop.example'"]],
  [/^users_email_form$/, ["'Ann@shop.example'", "'ann'", "'@shop.example'", "'ann@'"], ["'a@b'"]],
  [/slug_form$/, ["'My Shop'", "'my--shop'", "'-shop'", "'shop-'"], ["'shop'", "'my-2nd-shop'"]],
  [/^currency_code_form$/, ["'usd'", "'U1D'", "'US'"], ["'USD'"]],
  [
    /^subscription_plan_code_form$/,
    ["'Gold'", "'1gold'", "repeat('x', 51)"],
    ["'gold_2'", "repeat('x', 50)"],
  ],
  [/^permission_code_form$/, ["'orders'", "'Orders.read'", "'orders.read.all'"], ["'orders.read_all'"]],
];

/** Checks of several columns, and those whose breach alone would meet another check first: what is set instead. */
export const breaches: Record<string, string[]> = {
  address_book_coordinates_together: ['latitude = 6.45', 'longitude = 3.4'],
  address_book_latitude_range: ['latitude = -91, longitude = 0', 'latitude = 91, longitude = 0'],
  address_book_longitude_range: ['latitude = 0, longitude = -181', 'latitude = 0, longitude = 181'],
  complaints_escalated_has_reason: [
    "status = 'escalated'",
    "status = 'escalated', tier = 'tier2'",
    "status = 'escalated', escalation_reason = 'overdue'",
  ],
  complaints_order_is_named: ["type = 'order'"],
  complaints_product_is_named: ["type = 'product'"],
  complaints_resolved_has_resolution: ["status = 'resolved', resolved_at = now()"],
  complaints_resolved_has_time: ["status = 'resolved', resolution = 'refunded'", 'resolved_at = now()'],
  conversation_history_failed_has_time: ["delivery_status = 'failed'"],
  conversation_history_inbound_is_customers: [
    "direction = 'inbound', delivery_status = 'received', sender_type = 'merchant'",
  ],
  conversation_history_inbound_is_received: ["direction = 'inbound'", "delivery_status = 'received'"],
  conversation_history_withdrawn_is_empty: ["withdrawn_at = now(), message = 'x'"],
  message_attachment_is_somewhere: [
    'url = null, storage_key = null, external_media_id = null, latitude = null',
  ],
  conversation_history_redacted_is_empty: [
    "redacted_at = now(), message = 'still there'",
    `redacted_at = now(), metadata = '{"still": "there"}'`,
  ],
  conversation_thread_closed_has_time: ["status = 'closed'", 'closed_at = now()'],
  conversation_thread_snoozed_has_end: ["status = 'snoozed'", 'snoozed_until = now()'],
  inventory_movement_delta_not_zero: ['delta = 0'],
  kyc_document_expires_after_issue: ["issued_on = '2030-01-02', expires_on = '2030-01-02'"],
  order_items_subtotal_range: ['unit_price = 1e15', 'unit_price = 1e14, quantity = 10'],
  order_return_items_refund_amount_range: ['refund_amount = -0.0001', 'refund_amount = 1e15'],
  order_return_items_refund_tax_amount_range: ['refund_tax_amount = -0.0001', 'refund_tax_amount = 1e15'],
  orders_due_amount_range: ['refunded_amount = 1e15', 'paid_amount = 1e15'],
  orders_total_amount_range: ['shipping_amount = 1e15'],
  orders_worth_amount_range: [
    "adjustment_amount = 1e15, status = 'pending', order_number = '1', placed_at = now()",
  ],
  order_items_discount_amount_within_subtotal: ['discount_amount = quantity * unit_price + 0.0001'],
  order_items_returned_quantity_within_quantity: [
    'returned_quantity = quantity + 1',
    'returned_quantity = -1',
  ],
  order_return_items_accepted_within_quantity: ['accepted_quantity = quantity + 1', 'accepted_quantity = -1'],
  order_return_items_restocked_within_accepted: [
    'restocked_quantity = 1',
    'accepted_quantity = 1, restocked_quantity = 2',
    'restocked_quantity = -1',
  ],
  order_returns_approved_by_someone: ['approved', 'in_transit', 'received', 'refunded'].flatMap((status) => [
    `status = '${status}', return_date = now()`,
    `status = '${status}', return_date = now(), approved_at = now()`,
    `status = '${status}', return_date = now(), approved_by = internal.uuid_v7()`,
  ]),
  order_returns_exchange_is_another_order: ['exchange_order_id = order_id'],
  order_returns_received_has_date: ['received', 'refunded'].map(
    (status) => `status = '${status}', approved_at = now(), approved_by = internal.uuid_v7()`,
  ),
  customer_credit_grant_is_named: ['granted_by_id = internal.uuid_v7()', "kind = 'returned'"],
  customer_credit_kind_set: ["kind = 'unheard_of', amount = -1, granted_by_id = internal.uuid_v7()"],
  customer_credit_sign_by_kind: [
    'amount = 0',
    'amount = -1',
    "kind = 'spent', amount = 0",
    "kind = 'spent', amount = 0.0001",
  ],
  inbound_event_status_set: ["status = 'unheard_of', processed_at = now()"],
  inbound_event_processed_has_time: ["status = 'processed'", 'processed_at = now()'],
  money_allocation_amount_not_zero: ['amount = 0'],
  order_adjustment_amount_not_zero: ['amount = 0'],
  order_returns_rejected_has_reason: ["status = 'rejected'"],
  orders_cancelled_has_time: ["status = 'cancelled'", 'cancelled_at = now()'],
  orders_deleted_never_sold: [
    "is_deleted = true, deleted_at = now(), status = 'pending', order_number = '1', placed_at = now()",
  ],
  orders_discount_amount_within_subtotal: [
    'discount_amount = -1',
    'discount_amount = subtotal_amount + 0.0001',
  ],
  order_items_tax_rate_is_share: ['tax_rate = -0.0001', 'tax_rate = 1'],
  orders_discount_is_sum_or_rate: ['discount_sum = 1, discount_basis = 1, discount_rate = 0.1'],
  orders_discount_rate_is_share: ['discount_rate = -0.0001', 'discount_rate = 1.0001'],
  orders_discount_sum_within_basis: ['discount_sum = -1', 'discount_sum = 1', 'discount_basis = -1'],
  orders_placed_has_number: [
    "status = 'pending'",
    "status = 'pending', order_number = 'ORD-1'",
    "status = 'pending', placed_at = now()",
  ],
  orders_status_set: ["status = 'unheard_of', order_number = 'ORD-1', placed_at = now()"],
  payment_event_amount_by_kind: ["kind = 'captured', amount = -1"],
  permission_code_length: ["code = 'orders.' || repeat('x', 94)"],
  products_compare_at_price_above_price: ['compare_at_price = price'],
  products_inventory_count_not_negative: ['inventory_count = -1'],
  products_tax_rate_is_share: ['tax_rate = -0.0001', 'tax_rate = 1'],
  saved_payment_method_card_is_complete: [
    "payment_type = 'card'",
    "payment_type = 'card', card_last_four = '4242', expiry_month = 1",
    "card_last_four = '4242', expiry_month = 1, expiry_year = 2030",
  ],
  saved_payment_method_never_cash: ["payment_type = 'cash_on_delivery'"],
  seller_onboarding_approved_is_verified: [
    "onboarding_status = 'approved', submitted_at = now()",
    "verification_status = 'verified', verified_at = now()",
  ],
  seller_onboarding_rejected_has_reason: [
    "onboarding_status = 'rejected', submitted_at = now(), rejected_at = now()",
    "onboarding_status = 'rejected', submitted_at = now(), rejection_reason = 'unreadable'",
  ],
  seller_onboarding_submitted_has_time: ['submitted', 'in_review', 'additional_info_needed'].map(
    (status) => `onboarding_status = '${status}'`,
  ),
  seller_onboarding_verified_has_time: [
    "onboarding_status = 'approved', submitted_at = now(), verification_status = 'verified'",
  ],
  seller_profile_business_name_not_blank: ["business_name = ''", "business_name = '   '"],
  seller_profile_slug_length: ["slug = repeat('x', 201)"],
  storefront_banner_ends_after_start: ['starts_at = now(), ends_at = now()'],
  storefront_banner_shows_something: ['title = null'],
  storefront_custom_domain_length: ["custom_domain = repeat('x', 246) || '.example'"],
  storefront_published_has_version: ['is_published = true'],
  storefront_theme_system_has_no_tenant: ['is_system = true', 'tenant_id = null'],
  team_invites_accepted_by_someone: ["status = 'accepted'", 'accepted_by = internal.uuid_v7()'],
  team_invites_expires_after_creation: ['expires_at = created_at'],
  team_invites_has_address: ['email = null'],
  team_invites_never_owner: ["role = 'owner'"],
  tenant_closed_is_inactive: ["status = 'closed'"],
  tenant_domain_length: ["domain = repeat('x', 246) || '.example'"],
  tenant_name_not_blank: ["name = ''", "name = '   '"],
  users_admin_has_no_tenant: ['is_system_admin = true', 'tenant_id = null'],
  users_email_length: ["email = repeat('x', 248) || '@example'"],
  violations_active_is_unresolved: ["status = 'resolved'", 'resolved_at = now()'],
  violations_ends_after_start: ['end_at = start_at'],
  violations_status_set: ["status = 'unheard_of', resolved_at = now()"],
  violations_temporary_ban_ends: ["action = 'temp_ban', end_at = null"],
};

/** What these checks let in at their edge, where no line of bounds.md says it. */
export const edges: Record<string, string[]> = {
  address_book_latitude_range: ['latitude = -90, longitude = 0', 'latitude = 90, longitude = 0'],
  address_book_longitude_range: ['latitude = 0, longitude = -180', 'latitude = 0, longitude = 180'],
  customer_credit_sign_by_kind: ['amount = 0.0001', "kind = 'spent', amount = -0.0001"],
  order_return_items_accepted_within_quantity: ['accepted_quantity = 0', 'accepted_quantity = quantity'],
  seller_profile_business_name_not_blank: ["business_name = 'x'"],
  seller_profile_slug_length: ["slug = repeat('x', 200)"],
};
