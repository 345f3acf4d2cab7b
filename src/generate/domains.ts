/** The domains of the documentation, each with its tables; every table of commerce stands in exactly one. */
export const domains: Record<string, string[]> = {
  'Reference data': ['currency', 'permission', 'role_permission', 'subscription_plan'],
  'Tenants and team': ['tenant', 'users', 'team_members', 'team_invites', 'notification_preferences'],
  Customers: ['customer', 'buyer_profile', 'customer_identity', 'address_book', 'saved_payment_method'],
  'Sellers and verification': ['seller_profile', 'seller_onboarding', 'kyc_info', 'kyc_document'],
  Catalogue: ['products', 'inventory_movement'],
  Orders: ['orders', 'order_items', 'order_address', 'order_channel_meta', 'order_status_history'],
  'Payments and returns': ['payment', 'refund', 'order_returns', 'order_return_items'],
  Conversations: ['channel', 'conversation_thread', 'conversation_history', 'conversation_event'],
  Storefront: [
    'storefront',
    'storefront_versions',
    'storefront_drafts',
    'storefront_theme',
    'storefront_asset',
    'storefront_banner',
  ],
  'Trust and safety': ['complaints', 'violations'],
  Audit: ['log'],
};
