/**
 * What the model declares table by table, and every exception from the rules that hold for all tables.
 * A table that is not named here has no exception, so a new table is held to every rule by itself.
 */

/** Not owned by a tenant: the same rows for everyone, or the tenant itself. */
export const withoutTenant = ['currency', 'permission', 'role_permission', 'subscription_plan', 'tenant'];

/** tenant_id may be NULL: system administrators, the themes of the platform, money of which it is not known whose it is. */
export const tenantMayBeNull = ['inbound_event', 'storefront_theme', 'users'];

/**
 * Foreign keys of tenant tables that do not carry the tenant, by referenced table: a system theme belongs to
 * nobody, reference data has no tenant, and the tenant is its own key. The person who acted is a user of the tenant:
 * system administrators write no row of a merchant.
 */
export const simpleForeignKeysTo = [
  'currency',
  'permission',
  'storefront_theme',
  'subscription_plan',
  'tenant',
];

/** Columns that name who acted, filled by the database; all refer to users (tenant_id, id). */
export const actorColumns = [
  'actor_user_id',
  'approved_by',
  'changed_by',
  'created_by',
  'invited_by',
  'issued_by',
  'published_by',
  'requested_by',
  'reviewed_by',
  'verified_by',
];

/** Tables of a server, not of the merchants whose ids stand in them: they stay when a merchant moves. */
export const tablesOfTheServer = ['internal.session', 'audit.tenant_move'];

/** Unique on the whole platform on purpose: a domain leads to one tenant (also internal.domain_claim). */
export const platformWideKeys = ['tenant_domain_key'];

export const audited = [
  'address_book',
  'buyer_profile',
  'channel',
  'complaints',
  'conversation_thread',
  'customer',
  'discount',
  'fulfillment',
  'kyc_document',
  'kyc_info',
  'notification_preferences',
  'order_charge',
  'order_items',
  'order_return_items',
  'order_returns',
  'orders',
  'payment',
  'permission',
  'products',
  'refund',
  'role_permission',
  'saved_payment_method',
  'seller_onboarding',
  'seller_profile',
  'storefront',
  'storefront_asset',
  'storefront_banner',
  'storefront_drafts',
  'storefront_theme',
  'subscription_plan',
  'team_invites',
  'team_members',
  'tenant',
  'users',
  'violations',
];

/**
 * Not in audit.log, each with its reason in docs/decisions/edits.md: nobody edits them. What is only ever
 * added to is a history itself.
 */
export const unaudited = [
  'conversation_history',
  'currency',
  'customer_identity',
  'message_attachment',
  'message_reaction',
  'message_revision',
  'message_template',
  'inbound_event',
  'order_address',
  'order_channel_meta',
];

/** A person writes them without a version: a switch is set to on or off, whatever it was. */
export const editedWithoutVersion = ['notification_preferences'];

export const appendOnly = [
  'conversation_event',
  'customer_credit',
  'fulfillment_item',
  'inventory_movement',
  'money_allocation',
  'order_adjustment',
  'order_status_history',
  'payment_event',
  'storefront_versions',
];

export const requestRoles = [
  'commerce_anonymous',
  'commerce_buyer',
  'commerce_member',
  'commerce_platform',
  'commerce_worker',
];

/** Bound by the restrictive policy: the request roles and the owners of the tenant-bound functions. */
export const tenantBoundRoles = ['commerce_definer', 'commerce_purge', ...requestRoles].sort();

/** Definer functions of the tables' owner: only the owner may ANALYZE, and this one takes no argument. */
export const ownersFunctions = ['internal.seed_demo_analyze()'];
