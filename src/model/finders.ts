// Generated from the views of schema api by "npm run generate"; do not edit.
import { MaybeOneQuery } from '../database/prepared-query.ts';
import type { AddressBookRow, BuyerProfileRow, ChannelRow, ComplaintsRow, ConversationEventRow, ConversationHistoryRow, ConversationThreadRow, CurrencyRow, CustomerCreditRow, CustomerIdentityRow, CustomerRow, DiscountRow, FulfillmentItemRow, FulfillmentRow, InboundEventRow, InventoryMovementRow, KycDocumentRow, KycInfoRow, MessageAttachmentRow, MessageReactionRow, MessageRevisionRow, MessageTemplateRow, MoneyAllocationRow, NotificationPreferencesRow, OrderAddressRow, OrderAdjustmentRow, OrderChannelMetaRow, OrderChargeRow, OrderItemsRow, OrderReturnItemsRow, OrderReturnsRow, OrderStatusHistoryRow, OrdersRow, PaymentEventRow, PaymentRow, PermissionRow, ProductsRow, RefundRow, RolePermissionRow, SavedPaymentMethodRow, SellerOnboardingRow, SellerProfileRow, StorefrontAssetRow, StorefrontBannerRow, StorefrontDraftsRow, StorefrontRow, StorefrontThemeRow, StorefrontVersionsRow, SubscriptionPlanRow, TeamInvitesRow, TeamMembersRow, TenantRow, UsersRow, ViolationsRow } from './rows.ts';

/** The values of a unique key, none of which is null. */
type Key<R, C extends keyof R> = { [N in C]: NonNullable<R[N]> };

/** The row of api.address_book with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findAddressBookById = new MaybeOneQuery<Key<AddressBookRow, 'tenantId' | 'id'>, AddressBookRow>(
  'findAddressBookById',
  `select t.address_type, t.apartment, t.city, t.country, t.created_at, t.delivery_note, t.id, t.is_default, t.is_deleted, t.label, t.landmark, t.latitude, t.longitude, t.phone_number, t.postal_code, t.recipient_name, t.state, t.street_address, t.tenant_id, t.updated_at, t.user_id, t.version from api.address_book as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.buyer_profile with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findBuyerProfileById = new MaybeOneQuery<Key<BuyerProfileRow, 'tenantId' | 'id'>, BuyerProfileRow>(
  'findBuyerProfileById',
  `select t.created_at, t.default_currency, t.full_name, t.id, t.is_deleted, t.phone_number, t.preferred_language, t.tenant_id, t.updated_at, t.user_id, t.version from api.buyer_profile as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.buyer_profile with this userId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findBuyerProfileByUserId = new MaybeOneQuery<Key<BuyerProfileRow, 'tenantId' | 'userId'>, BuyerProfileRow>(
  'findBuyerProfileByUserId',
  `select t.created_at, t.default_currency, t.full_name, t.id, t.is_deleted, t.phone_number, t.preferred_language, t.tenant_id, t.updated_at, t.user_id, t.version from api.buyer_profile as t where t.tenant_id = $1 and t.user_id = $2`,
  ['tenantId!', 'userId!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.channel with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findChannelById = new MaybeOneQuery<Key<ChannelRow, 'tenantId' | 'id'>, ChannelRow>(
  'findChannelById',
  `select t.channel_type, t.config, t.created_at, t.external_account_id, t.human_window_minutes, t.id, t.is_active, t.is_deleted, t.name, t.provider, t.reply_window_minutes, t.tenant_id, t.updated_at, t.version from api.channel as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.channel with this channelType and externalAccountId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findChannelByChannelTypeAndExternalAccountId = new MaybeOneQuery<Key<ChannelRow, 'tenantId' | 'channelType' | 'externalAccountId'>, ChannelRow>(
  'findChannelByChannelTypeAndExternalAccountId',
  `select t.channel_type, t.config, t.created_at, t.external_account_id, t.human_window_minutes, t.id, t.is_active, t.is_deleted, t.name, t.provider, t.reply_window_minutes, t.tenant_id, t.updated_at, t.version from api.channel as t where t.tenant_id = $1 and t.channel_type = $2 and t.external_account_id = $3`,
  ['tenantId!', 'channelType!', 'externalAccountId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.complaints with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findComplaintById = new MaybeOneQuery<Key<ComplaintsRow, 'tenantId' | 'id'>, ComplaintsRow>(
  'findComplaintById',
  `select t.assigned_member_id, t.created_at, t.description, t.escalation_reason, t.id, t.order_id, t.product_id, t.resolution, t.resolved_at, t.status, t.tenant_id, t.thread_id, t.tier, t.type, t.updated_at, t.user_id, t.version from api.complaints as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.conversation_event with this externalEventId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findConversationEventByExternalEventId = new MaybeOneQuery<Key<ConversationEventRow, 'tenantId' | 'externalEventId'>, ConversationEventRow>(
  'findConversationEventByExternalEventId',
  `select t.actor_user_id, t.conversation_id, t.created_at, t.event_type, t.external_event_id, t.id, t.metadata, t.occurred_at, t.order_id, t.product_id, t.tenant_id, t.thread_id from api.conversation_event as t where t.tenant_id = $1 and t.external_event_id = $2`,
  ['tenantId!', 'externalEventId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.conversation_event with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findConversationEventById = new MaybeOneQuery<Key<ConversationEventRow, 'tenantId' | 'id'>, ConversationEventRow>(
  'findConversationEventById',
  `select t.actor_user_id, t.conversation_id, t.created_at, t.event_type, t.external_event_id, t.id, t.metadata, t.occurred_at, t.order_id, t.product_id, t.tenant_id, t.thread_id from api.conversation_event as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.conversation_history with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findConversationHistoryById = new MaybeOneQuery<Key<ConversationHistoryRow, 'tenantId' | 'id'>, ConversationHistoryRow>(
  'findConversationHistoryById',
  `select t.arrival, t.author_external_id, t.author_name, t.channel_id, t.created_at, t.customer_id, t.delivered_at, t.delivery_status, t.direction, t.edited_at, t.error_code, t.error_message, t.external_message_id, t.failed_at, t.id, t.identity_id, t.is_silent, t.language, t.message, t.message_type, t.metadata, t.occurred_at, t.order_id, t.read_at, t.reply_to_external_id, t.reply_to_id, t.sender_type, t.sender_user_id, t.sent_at, t.template_name, t.tenant_id, t.thread_id, t.withdrawn_at from api.conversation_history as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.conversation_history with this arrival and threadId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findConversationHistoryByArrivalAndThreadId = new MaybeOneQuery<Key<ConversationHistoryRow, 'tenantId' | 'arrival' | 'threadId'>, ConversationHistoryRow>(
  'findConversationHistoryByArrivalAndThreadId',
  `select t.arrival, t.author_external_id, t.author_name, t.channel_id, t.created_at, t.customer_id, t.delivered_at, t.delivery_status, t.direction, t.edited_at, t.error_code, t.error_message, t.external_message_id, t.failed_at, t.id, t.identity_id, t.is_silent, t.language, t.message, t.message_type, t.metadata, t.occurred_at, t.order_id, t.read_at, t.reply_to_external_id, t.reply_to_id, t.sender_type, t.sender_user_id, t.sent_at, t.template_name, t.tenant_id, t.thread_id, t.withdrawn_at from api.conversation_history as t where t.tenant_id = $1 and t.arrival = $2 and t.thread_id = $3`,
  ['tenantId!', 'arrival!', 'threadId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.conversation_history with this channelId and externalMessageId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findConversationHistoryByChannelIdAndExternalMessageId = new MaybeOneQuery<Key<ConversationHistoryRow, 'tenantId' | 'channelId' | 'externalMessageId'>, ConversationHistoryRow>(
  'findConversationHistoryByChannelIdAndExternalMessageId',
  `select t.arrival, t.author_external_id, t.author_name, t.channel_id, t.created_at, t.customer_id, t.delivered_at, t.delivery_status, t.direction, t.edited_at, t.error_code, t.error_message, t.external_message_id, t.failed_at, t.id, t.identity_id, t.is_silent, t.language, t.message, t.message_type, t.metadata, t.occurred_at, t.order_id, t.read_at, t.reply_to_external_id, t.reply_to_id, t.sender_type, t.sender_user_id, t.sent_at, t.template_name, t.tenant_id, t.thread_id, t.withdrawn_at from api.conversation_history as t where t.tenant_id = $1 and t.channel_id = $2 and t.external_message_id = $3`,
  ['tenantId!', 'channelId!', 'externalMessageId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.conversation_thread with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findConversationThreadById = new MaybeOneQuery<Key<ConversationThreadRow, 'tenantId' | 'id'>, ConversationThreadRow>(
  'findConversationThreadById',
  `select t.assigned_member_id, t.channel_id, t.closed_at, t.created_at, t.customer_id, t.customer_unread_count, t.first_response_at, t.id, t.is_open, t.language, t.last_inbound_at, t.last_message_at, t.priority, t.reply_window_ends_at, t.snoozed_until, t.status, t.subject, t.tags, t.tenant_id, t.unread_count, t.updated_at, t.version from api.conversation_thread as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.currency with this code, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findCurrencyByCode = new MaybeOneQuery<Key<CurrencyRow, 'code'>, CurrencyRow>(
  'findCurrencyByCode',
  `select t.code, t.minor_unit, t.name from api.currency as t where t.code = $1`,
  ['code!'],
  { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] },
);

/** The row of api.customer with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findCustomerById = new MaybeOneQuery<Key<CustomerRow, 'tenantId' | 'id'>, CustomerRow>(
  'findCustomerById',
  `select t.created_at, t.display_name, t.email, t.first_seen_at, t.id, t.is_blocked, t.is_deleted, t.last_activity_at, t.metadata, t.open_order_count, t.phone_number, t.preferred_language, t.tags, t.tenant_id, t.updated_at, t.version from api.customer as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.customer_credit with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findCustomerCreditById = new MaybeOneQuery<Key<CustomerCreditRow, 'tenantId' | 'id'>, CustomerCreditRow>(
  'findCustomerCreditById',
  `select t.amount, t.created_at, t.created_by, t.currency_code, t.customer_id, t.expires_at, t.granted_by_id, t.id, t.kind, t.payment_id, t.reason, t.refund_id, t.tenant_id from api.customer_credit as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.customer_identity with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findCustomerIdentityById = new MaybeOneQuery<Key<CustomerIdentityRow, 'tenantId' | 'id'>, CustomerIdentityRow>(
  'findCustomerIdentityById',
  `select t.channel_id, t.channel_type, t.created_at, t.customer_id, t.external_user_id, t.id, t.identity_key, t.last_seen_at, t.profile_name, t.tenant_id, t.updated_at from api.customer_identity as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.customer_identity with this channelId and identityKey, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findCustomerIdentityByChannelIdAndIdentityKey = new MaybeOneQuery<Key<CustomerIdentityRow, 'tenantId' | 'channelId' | 'identityKey'>, CustomerIdentityRow>(
  'findCustomerIdentityByChannelIdAndIdentityKey',
  `select t.channel_id, t.channel_type, t.created_at, t.customer_id, t.external_user_id, t.id, t.identity_key, t.last_seen_at, t.profile_name, t.tenant_id, t.updated_at from api.customer_identity as t where t.tenant_id = $1 and t.channel_id = $2 and t.identity_key = $3`,
  ['tenantId!', 'channelId!', 'identityKey!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.discount with this code, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findDiscountByCode = new MaybeOneQuery<Key<DiscountRow, 'tenantId' | 'code'>, DiscountRow>(
  'findDiscountByCode',
  `select t.amount, t.code, t.created_at, t.currency_code, t.ends_at, t.id, t.is_active, t.is_deleted, t.max_uses, t.max_uses_per_customer, t.minimum_amount, t.product_id, t.rate, t.seller_id, t.starts_at, t.tenant_id, t.updated_at, t.used_count, t.version from api.discount as t where t.tenant_id = $1 and t.code = $2`,
  ['tenantId!', 'code!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.discount with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findDiscountById = new MaybeOneQuery<Key<DiscountRow, 'tenantId' | 'id'>, DiscountRow>(
  'findDiscountById',
  `select t.amount, t.code, t.created_at, t.currency_code, t.ends_at, t.id, t.is_active, t.is_deleted, t.max_uses, t.max_uses_per_customer, t.minimum_amount, t.product_id, t.rate, t.seller_id, t.starts_at, t.tenant_id, t.updated_at, t.used_count, t.version from api.discount as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.fulfillment with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findFulfillmentById = new MaybeOneQuery<Key<FulfillmentRow, 'tenantId' | 'id'>, FulfillmentRow>(
  'findFulfillmentById',
  `select t.carrier, t.created_at, t.delivered_at, t.id, t.method, t.order_id, t.shipped_at, t.status, t.tenant_id, t.tracking_number, t.tracking_url, t.updated_at, t.version from api.fulfillment as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.fulfillment_item with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findFulfillmentItemById = new MaybeOneQuery<Key<FulfillmentItemRow, 'tenantId' | 'id'>, FulfillmentItemRow>(
  'findFulfillmentItemById',
  `select t.fulfillment_id, t.id, t.order_id, t.order_item_id, t.quantity, t.tenant_id from api.fulfillment_item as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.fulfillment_item with this fulfillmentId and orderItemId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findFulfillmentItemByFulfillmentIdAndOrderItemId = new MaybeOneQuery<Key<FulfillmentItemRow, 'tenantId' | 'fulfillmentId' | 'orderItemId'>, FulfillmentItemRow>(
  'findFulfillmentItemByFulfillmentIdAndOrderItemId',
  `select t.fulfillment_id, t.id, t.order_id, t.order_item_id, t.quantity, t.tenant_id from api.fulfillment_item as t where t.tenant_id = $1 and t.fulfillment_id = $2 and t.order_item_id = $3`,
  ['tenantId!', 'fulfillmentId!', 'orderItemId!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.inbound_event with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findInboundEventById = new MaybeOneQuery<Key<InboundEventRow, 'tenantId' | 'id'>, InboundEventRow>(
  'findInboundEventById',
  `select t.amount, t.currency_code, t.event_type, t.external_event_id, t.id, t.note, t.occurred_at, t.payment_id, t.processed_at, t.provider, t.provider_reference, t.received_at, t.reviewed_by, t.status, t.tenant_id from api.inbound_event as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.inbound_event with this externalEventId and provider and providerReference, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findInboundEventByExternalEventIdAndProviderAndProviderReference = new MaybeOneQuery<Key<InboundEventRow, 'tenantId' | 'externalEventId' | 'provider' | 'providerReference'>, InboundEventRow>(
  'findInboundEventByExternalEventIdAndProviderAndProviderReference',
  `select t.amount, t.currency_code, t.event_type, t.external_event_id, t.id, t.note, t.occurred_at, t.payment_id, t.processed_at, t.provider, t.provider_reference, t.received_at, t.reviewed_by, t.status, t.tenant_id from api.inbound_event as t where t.tenant_id = $1 and t.external_event_id = $2 and t.provider = $3 and t.provider_reference = $4`,
  ['tenantId!', 'externalEventId!', 'provider!', 'providerReference!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.inventory_movement with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findInventoryMovementById = new MaybeOneQuery<Key<InventoryMovementRow, 'tenantId' | 'id'>, InventoryMovementRow>(
  'findInventoryMovementById',
  `select t.balance_after, t.created_at, t.created_by, t.delta, t.id, t.note, t.order_item_id, t.product_id, t.reason, t.return_item_id, t.tenant_id from api.inventory_movement as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.kyc_document with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findKycDocumentById = new MaybeOneQuery<Key<KycDocumentRow, 'tenantId' | 'id'>, KycDocumentRow>(
  'findKycDocumentById',
  `select t.created_at, t.document_type, t.expires_on, t.id, t.is_deleted, t.issued_on, t.mime_type, t.rejection_reason, t.reviewed_at, t.reviewed_by, t.seller_onboarding_id, t.side, t.size_bytes, t.tenant_id, t.updated_at, t.verification_status from api.kyc_document as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.kyc_info with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findKycInfoById = new MaybeOneQuery<Key<KycInfoRow, 'tenantId' | 'id'>, KycInfoRow>(
  'findKycInfoById',
  `select t.country_code, t.created_at, t.id, t.id_type, t.rejection_reason, t.reviewed_at, t.reviewed_by, t.seller_id, t.tax_id_last_four, t.tenant_id, t.updated_at, t.verification_status, t.version from api.kyc_info as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.kyc_info with this sellerId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findKycInfoBySellerId = new MaybeOneQuery<Key<KycInfoRow, 'tenantId' | 'sellerId'>, KycInfoRow>(
  'findKycInfoBySellerId',
  `select t.country_code, t.created_at, t.id, t.id_type, t.rejection_reason, t.reviewed_at, t.reviewed_by, t.seller_id, t.tax_id_last_four, t.tenant_id, t.updated_at, t.verification_status, t.version from api.kyc_info as t where t.tenant_id = $1 and t.seller_id = $2`,
  ['tenantId!', 'sellerId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.message_attachment with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageAttachmentById = new MaybeOneQuery<Key<MessageAttachmentRow, 'tenantId' | 'id'>, MessageAttachmentRow>(
  'findMessageAttachmentById',
  `select t.caption, t.created_at, t.external_media_id, t.file_name, t.file_type, t.id, t.latitude, t.longitude, t.message_id, t.mime_type, t.position, t.sha256, t.size_bytes, t.storage_key, t.tenant_id, t.url from api.message_attachment as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.message_attachment with this messageId and position, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageAttachmentByMessageIdAndPosition = new MaybeOneQuery<Key<MessageAttachmentRow, 'tenantId' | 'messageId' | 'position'>, MessageAttachmentRow>(
  'findMessageAttachmentByMessageIdAndPosition',
  `select t.caption, t.created_at, t.external_media_id, t.file_name, t.file_type, t.id, t.latitude, t.longitude, t.message_id, t.mime_type, t.position, t.sha256, t.size_bytes, t.storage_key, t.tenant_id, t.url from api.message_attachment as t where t.tenant_id = $1 and t.message_id = $2 and t.position = $3`,
  ['tenantId!', 'messageId!', 'position!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.message_reaction with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageReactionById = new MaybeOneQuery<Key<MessageReactionRow, 'tenantId' | 'id'>, MessageReactionRow>(
  'findMessageReactionById',
  `select t.author_external_id, t.created_at, t.emoji, t.id, t.message_id, t.occurred_at, t.sender_type, t.tenant_id, t.updated_at from api.message_reaction as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.message_reaction with this authorExternalId and messageId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageReactionByAuthorExternalIdAndMessageId = new MaybeOneQuery<Key<MessageReactionRow, 'tenantId' | 'authorExternalId' | 'messageId'>, MessageReactionRow>(
  'findMessageReactionByAuthorExternalIdAndMessageId',
  `select t.author_external_id, t.created_at, t.emoji, t.id, t.message_id, t.occurred_at, t.sender_type, t.tenant_id, t.updated_at from api.message_reaction as t where t.tenant_id = $1 and t.author_external_id = $2 and t.message_id = $3`,
  ['tenantId!', 'authorExternalId!', 'messageId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.message_revision with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageRevisionById = new MaybeOneQuery<Key<MessageRevisionRow, 'tenantId' | 'id'>, MessageRevisionRow>(
  'findMessageRevisionById',
  `select t.created_at, t.id, t.message, t.message_id, t.occurred_at, t.tenant_id from api.message_revision as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] },
);

/** The row of api.message_revision with this messageId and occurredAt, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageRevisionByMessageIdAndOccurredAt = new MaybeOneQuery<Key<MessageRevisionRow, 'tenantId' | 'messageId' | 'occurredAt'>, MessageRevisionRow>(
  'findMessageRevisionByMessageIdAndOccurredAt',
  `select t.created_at, t.id, t.message, t.message_id, t.occurred_at, t.tenant_id from api.message_revision as t where t.tenant_id = $1 and t.message_id = $2 and t.occurred_at = $3`,
  ['tenantId!', 'messageId!', 'occurredAt!'],
  { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] },
);

/** The row of api.message_template with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageTemplateById = new MaybeOneQuery<Key<MessageTemplateRow, 'tenantId' | 'id'>, MessageTemplateRow>(
  'findMessageTemplateById',
  `select t.body, t.category, t.channel_id, t.created_at, t.external_template_id, t.id, t.language, t.name, t.rejection_reason, t.status, t.status_changed_at, t.tenant_id, t.updated_at, t.variable_count from api.message_template as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.message_template with this channelId and language and name, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMessageTemplateByChannelIdAndLanguageAndName = new MaybeOneQuery<Key<MessageTemplateRow, 'tenantId' | 'channelId' | 'language' | 'name'>, MessageTemplateRow>(
  'findMessageTemplateByChannelIdAndLanguageAndName',
  `select t.body, t.category, t.channel_id, t.created_at, t.external_template_id, t.id, t.language, t.name, t.rejection_reason, t.status, t.status_changed_at, t.tenant_id, t.updated_at, t.variable_count from api.message_template as t where t.tenant_id = $1 and t.channel_id = $2 and t.language = $3 and t.name = $4`,
  ['tenantId!', 'channelId!', 'language!', 'name!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.money_allocation with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findMoneyAllocationById = new MaybeOneQuery<Key<MoneyAllocationRow, 'tenantId' | 'id'>, MoneyAllocationRow>(
  'findMoneyAllocationById',
  `select t.account, t.amount, t.cause, t.created_at, t.created_by, t.currency_code, t.id, t.order_id, t.payment_id, t.reason, t.refund_id, t.tenant_id from api.money_allocation as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.notification_preferences with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findNotificationPreferenceById = new MaybeOneQuery<Key<NotificationPreferencesRow, 'tenantId' | 'id'>, NotificationPreferencesRow>(
  'findNotificationPreferenceById',
  `select t.created_at, t.email_enabled, t.id, t.in_app_enabled, t.notification_type, t.push_enabled, t.sms_enabled, t.tenant_id, t.updated_at, t.user_id, t.whatsapp_enabled from api.notification_preferences as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.notification_preferences with this notificationType and userId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findNotificationPreferenceByNotificationTypeAndUserId = new MaybeOneQuery<Key<NotificationPreferencesRow, 'tenantId' | 'notificationType' | 'userId'>, NotificationPreferencesRow>(
  'findNotificationPreferenceByNotificationTypeAndUserId',
  `select t.created_at, t.email_enabled, t.id, t.in_app_enabled, t.notification_type, t.push_enabled, t.sms_enabled, t.tenant_id, t.updated_at, t.user_id, t.whatsapp_enabled from api.notification_preferences as t where t.tenant_id = $1 and t.notification_type = $2 and t.user_id = $3`,
  ['tenantId!', 'notificationType!', 'userId!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_address with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderAddressById = new MaybeOneQuery<Key<OrderAddressRow, 'tenantId' | 'id'>, OrderAddressRow>(
  'findOrderAddressById',
  `select t.apartment, t.city, t.country, t.created_at, t.delivery_note, t.id, t.kind, t.landmark, t.latitude, t.longitude, t.order_id, t.phone_number, t.postal_code, t.recipient_name, t.source_address_id, t.state, t.street_address, t.tenant_id, t.updated_at from api.order_address as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_address with this kind and orderId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderAddressByKindAndOrderId = new MaybeOneQuery<Key<OrderAddressRow, 'tenantId' | 'kind' | 'orderId'>, OrderAddressRow>(
  'findOrderAddressByKindAndOrderId',
  `select t.apartment, t.city, t.country, t.created_at, t.delivery_note, t.id, t.kind, t.landmark, t.latitude, t.longitude, t.order_id, t.phone_number, t.postal_code, t.recipient_name, t.source_address_id, t.state, t.street_address, t.tenant_id, t.updated_at from api.order_address as t where t.tenant_id = $1 and t.kind = $2 and t.order_id = $3`,
  ['tenantId!', 'kind!', 'orderId!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_adjustment with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderAdjustmentById = new MaybeOneQuery<Key<OrderAdjustmentRow, 'tenantId' | 'id'>, OrderAdjustmentRow>(
  'findOrderAdjustmentById',
  `select t.amount, t.created_at, t.created_by, t.currency_code, t.id, t.order_id, t.part, t.reason, t.tenant_id from api.order_adjustment as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_channel_meta with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderChannelMetaById = new MaybeOneQuery<Key<OrderChannelMetaRow, 'tenantId' | 'id'>, OrderChannelMetaRow>(
  'findOrderChannelMetaById',
  `select t.channel_data, t.channel_id, t.channel_type, t.conversation_history_id, t.created_at, t.external_order_id, t.id, t.order_id, t.tenant_id, t.updated_at from api.order_channel_meta as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_channel_meta with this orderId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderChannelMetaByOrderId = new MaybeOneQuery<Key<OrderChannelMetaRow, 'tenantId' | 'orderId'>, OrderChannelMetaRow>(
  'findOrderChannelMetaByOrderId',
  `select t.channel_data, t.channel_id, t.channel_type, t.conversation_history_id, t.created_at, t.external_order_id, t.id, t.order_id, t.tenant_id, t.updated_at from api.order_channel_meta as t where t.tenant_id = $1 and t.order_id = $2`,
  ['tenantId!', 'orderId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_channel_meta with this channelType and externalOrderId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderChannelMetaByChannelTypeAndExternalOrderId = new MaybeOneQuery<Key<OrderChannelMetaRow, 'tenantId' | 'channelType' | 'externalOrderId'>, OrderChannelMetaRow>(
  'findOrderChannelMetaByChannelTypeAndExternalOrderId',
  `select t.channel_data, t.channel_id, t.channel_type, t.conversation_history_id, t.created_at, t.external_order_id, t.id, t.order_id, t.tenant_id, t.updated_at from api.order_channel_meta as t where t.tenant_id = $1 and t.channel_type = $2 and t.external_order_id = $3`,
  ['tenantId!', 'channelType!', 'externalOrderId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_charge with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderChargeById = new MaybeOneQuery<Key<OrderChargeRow, 'tenantId' | 'id'>, OrderChargeRow>(
  'findOrderChargeById',
  `select t.amount, t.created_at, t.currency_code, t.id, t.kind, t.order_id, t.tax_amount, t.tax_rate, t.tenant_id, t.updated_at from api.order_charge as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_charge with this kind and orderId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderChargeByKindAndOrderId = new MaybeOneQuery<Key<OrderChargeRow, 'tenantId' | 'kind' | 'orderId'>, OrderChargeRow>(
  'findOrderChargeByKindAndOrderId',
  `select t.amount, t.created_at, t.currency_code, t.id, t.kind, t.order_id, t.tax_amount, t.tax_rate, t.tenant_id, t.updated_at from api.order_charge as t where t.tenant_id = $1 and t.kind = $2 and t.order_id = $3`,
  ['tenantId!', 'kind!', 'orderId!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_items with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderItemById = new MaybeOneQuery<Key<OrderItemsRow, 'tenantId' | 'id'>, OrderItemsRow>(
  'findOrderItemById',
  `select t.created_at, t.currency_code, t.discount_amount, t.id, t.line_number, t.metadata, t.order_id, t.product_id, t.product_name, t.quantity, t.returned_quantity, t.shipped_quantity, t.sku, t.subtotal, t.tax_amount, t.tax_rate, t.tenant_id, t.unit_price, t.updated_at from api.order_items as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_items with this lineNumber and orderId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderItemByLineNumberAndOrderId = new MaybeOneQuery<Key<OrderItemsRow, 'tenantId' | 'lineNumber' | 'orderId'>, OrderItemsRow>(
  'findOrderItemByLineNumberAndOrderId',
  `select t.created_at, t.currency_code, t.discount_amount, t.id, t.line_number, t.metadata, t.order_id, t.product_id, t.product_name, t.quantity, t.returned_quantity, t.shipped_quantity, t.sku, t.subtotal, t.tax_amount, t.tax_rate, t.tenant_id, t.unit_price, t.updated_at from api.order_items as t where t.tenant_id = $1 and t.line_number = $2 and t.order_id = $3`,
  ['tenantId!', 'lineNumber!', 'orderId!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.order_return_items with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderReturnItemById = new MaybeOneQuery<Key<OrderReturnItemsRow, 'tenantId' | 'id'>, OrderReturnItemsRow>(
  'findOrderReturnItemById',
  `select t.accepted_quantity, t.condition, t.created_at, t.currency_code, t.customer_note, t.id, t.order_id, t.order_item_id, t.order_return_id, t.quantity, t.reason, t.refund_amount, t.refund_tax_amount, t.restocked_quantity, t.store_note, t.tenant_id, t.updated_at from api.order_return_items as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_return_items with this orderItemId and orderReturnId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderReturnItemByOrderItemIdAndOrderReturnId = new MaybeOneQuery<Key<OrderReturnItemsRow, 'tenantId' | 'orderItemId' | 'orderReturnId'>, OrderReturnItemsRow>(
  'findOrderReturnItemByOrderItemIdAndOrderReturnId',
  `select t.accepted_quantity, t.condition, t.created_at, t.currency_code, t.customer_note, t.id, t.order_id, t.order_item_id, t.order_return_id, t.quantity, t.reason, t.refund_amount, t.refund_tax_amount, t.restocked_quantity, t.store_note, t.tenant_id, t.updated_at from api.order_return_items as t where t.tenant_id = $1 and t.order_item_id = $2 and t.order_return_id = $3`,
  ['tenantId!', 'orderItemId!', 'orderReturnId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_returns with this fulfillmentId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderReturnByFulfillmentId = new MaybeOneQuery<Key<OrderReturnsRow, 'tenantId' | 'fulfillmentId'>, OrderReturnsRow>(
  'findOrderReturnByFulfillmentId',
  `select t.approved_at, t.approved_by, t.closed_at, t.created_at, t.currency_code, t.description, t.exchange_order_id, t.fulfillment_id, t.id, t.order_id, t.reason, t.refund_amount, t.refund_method, t.refunded_at, t.rejected_at, t.rejection_reason, t.requested_by, t.return_date, t.return_number, t.return_tracking_number, t.returned_amount, t.status, t.tenant_id, t.updated_at, t.version from api.order_returns as t where t.tenant_id = $1 and t.fulfillment_id = $2`,
  ['tenantId!', 'fulfillmentId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_returns with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderReturnById = new MaybeOneQuery<Key<OrderReturnsRow, 'tenantId' | 'id'>, OrderReturnsRow>(
  'findOrderReturnById',
  `select t.approved_at, t.approved_by, t.closed_at, t.created_at, t.currency_code, t.description, t.exchange_order_id, t.fulfillment_id, t.id, t.order_id, t.reason, t.refund_amount, t.refund_method, t.refunded_at, t.rejected_at, t.rejection_reason, t.requested_by, t.return_date, t.return_number, t.return_tracking_number, t.returned_amount, t.status, t.tenant_id, t.updated_at, t.version from api.order_returns as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_returns with this returnNumber, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderReturnByReturnNumber = new MaybeOneQuery<Key<OrderReturnsRow, 'tenantId' | 'returnNumber'>, OrderReturnsRow>(
  'findOrderReturnByReturnNumber',
  `select t.approved_at, t.approved_by, t.closed_at, t.created_at, t.currency_code, t.description, t.exchange_order_id, t.fulfillment_id, t.id, t.order_id, t.reason, t.refund_amount, t.refund_method, t.refunded_at, t.rejected_at, t.rejection_reason, t.requested_by, t.return_date, t.return_number, t.return_tracking_number, t.returned_amount, t.status, t.tenant_id, t.updated_at, t.version from api.order_returns as t where t.tenant_id = $1 and t.return_number = $2`,
  ['tenantId!', 'returnNumber!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.order_status_history with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderStatusHistoryById = new MaybeOneQuery<Key<OrderStatusHistoryRow, 'tenantId' | 'id'>, OrderStatusHistoryRow>(
  'findOrderStatusHistoryById',
  `select t.changed_by, t.created_at, t.field, t.from_value, t.id, t.order_id, t.reason, t.tenant_id, t.to_value from api.order_status_history as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.orders with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderById = new MaybeOneQuery<Key<OrdersRow, 'tenantId' | 'id'>, OrdersRow>(
  'findOrderById',
  `select t.adjustment_amount, t.buyer_email, t.buyer_name, t.buyer_note, t.buyer_phone, t.cancellation_reason, t.cancelled_at, t.carrier, t.channel, t.confirmed_at, t.created_at, t.currency_code, t.customer_id, t.delivered_at, t.discount_amount, t.discount_basis, t.discount_code, t.discount_rate, t.discount_sum, t.due_amount, t.fee_amount, t.fee_tax_amount, t.fulfillment_status, t.id, t.is_deleted, t.is_open, t.line_count, t.listed_at, t.metadata, t.order_number, t.order_serial, t.paid_amount, t.payment_status, t.placed_at, t.prices_include_tax, t.product_id, t.refunded_amount, t.returned_amount, t.returned_at, t.seller_id, t.shipped_at, t.shipping_amount, t.shipping_tax_amount, t.shipping_tax_rate, t.status, t.subtotal_amount, t.tax_amount, t.tenant_id, t.thread_id, t.total_amount, t.tracking_number, t.updated_at, t.version, t.worth_amount from api.orders as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.orders with this orderNumber, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findOrderByOrderNumber = new MaybeOneQuery<Key<OrdersRow, 'tenantId' | 'orderNumber'>, OrdersRow>(
  'findOrderByOrderNumber',
  `select t.adjustment_amount, t.buyer_email, t.buyer_name, t.buyer_note, t.buyer_phone, t.cancellation_reason, t.cancelled_at, t.carrier, t.channel, t.confirmed_at, t.created_at, t.currency_code, t.customer_id, t.delivered_at, t.discount_amount, t.discount_basis, t.discount_code, t.discount_rate, t.discount_sum, t.due_amount, t.fee_amount, t.fee_tax_amount, t.fulfillment_status, t.id, t.is_deleted, t.is_open, t.line_count, t.listed_at, t.metadata, t.order_number, t.order_serial, t.paid_amount, t.payment_status, t.placed_at, t.prices_include_tax, t.product_id, t.refunded_amount, t.returned_amount, t.returned_at, t.seller_id, t.shipped_at, t.shipping_amount, t.shipping_tax_amount, t.shipping_tax_rate, t.status, t.subtotal_amount, t.tax_amount, t.tenant_id, t.thread_id, t.total_amount, t.tracking_number, t.updated_at, t.version, t.worth_amount from api.orders as t where t.tenant_id = $1 and t.order_number = $2`,
  ['tenantId!', 'orderNumber!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.payment with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findPaymentById = new MaybeOneQuery<Key<PaymentRow, 'tenantId' | 'id'>, PaymentRow>(
  'findPaymentById',
  `select t.amount, t.authorized_amount, t.authorized_at, t.cancel_requested_at, t.captured_amount, t.created_at, t.currency_code, t.disputed_amount, t.expires_at, t.failure_code, t.failure_message, t.id, t.metadata, t.order_id, t.payment_type, t.proof_asset_id, t.provider, t.provider_reference, t.refunded_amount, t.saved_payment_method_id, t.status, t.succeeded_at, t.tenant_id, t.updated_at, t.verified_at, t.verified_by, t.version from api.payment as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.payment with this orderId and provider and providerReference, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findPaymentByOrderIdAndProviderAndProviderReference = new MaybeOneQuery<Key<PaymentRow, 'tenantId' | 'orderId' | 'provider' | 'providerReference'>, PaymentRow>(
  'findPaymentByOrderIdAndProviderAndProviderReference',
  `select t.amount, t.authorized_amount, t.authorized_at, t.cancel_requested_at, t.captured_amount, t.created_at, t.currency_code, t.disputed_amount, t.expires_at, t.failure_code, t.failure_message, t.id, t.metadata, t.order_id, t.payment_type, t.proof_asset_id, t.provider, t.provider_reference, t.refunded_amount, t.saved_payment_method_id, t.status, t.succeeded_at, t.tenant_id, t.updated_at, t.verified_at, t.verified_by, t.version from api.payment as t where t.tenant_id = $1 and t.order_id = $2 and t.provider = $3 and t.provider_reference = $4`,
  ['tenantId!', 'orderId!', 'provider!', 'providerReference!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.payment_event with this confirmsId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findPaymentEventByConfirmsId = new MaybeOneQuery<Key<PaymentEventRow, 'tenantId' | 'confirmsId'>, PaymentEventRow>(
  'findPaymentEventByConfirmsId',
  `select t.amount, t.confirms_id, t.created_at, t.created_by, t.currency_code, t.id, t.kind, t.note, t.occurred_at, t.order_id, t.payment_id, t.provider_event_id, t.refund_id, t.source, t.tenant_id from api.payment_event as t where t.tenant_id = $1 and t.confirms_id = $2`,
  ['tenantId!', 'confirmsId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.payment_event with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findPaymentEventById = new MaybeOneQuery<Key<PaymentEventRow, 'tenantId' | 'id'>, PaymentEventRow>(
  'findPaymentEventById',
  `select t.amount, t.confirms_id, t.created_at, t.created_by, t.currency_code, t.id, t.kind, t.note, t.occurred_at, t.order_id, t.payment_id, t.provider_event_id, t.refund_id, t.source, t.tenant_id from api.payment_event as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.payment_event with this paymentId and providerEventId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findPaymentEventByPaymentIdAndProviderEventId = new MaybeOneQuery<Key<PaymentEventRow, 'tenantId' | 'paymentId' | 'providerEventId'>, PaymentEventRow>(
  'findPaymentEventByPaymentIdAndProviderEventId',
  `select t.amount, t.confirms_id, t.created_at, t.created_by, t.currency_code, t.id, t.kind, t.note, t.occurred_at, t.order_id, t.payment_id, t.provider_event_id, t.refund_id, t.source, t.tenant_id from api.payment_event as t where t.tenant_id = $1 and t.payment_id = $2 and t.provider_event_id = $3`,
  ['tenantId!', 'paymentId!', 'providerEventId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.permission with this code, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findPermissionByCode = new MaybeOneQuery<Key<PermissionRow, 'code'>, PermissionRow>(
  'findPermissionByCode',
  `select t.code, t.description from api.permission as t where t.code = $1`,
  ['code!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.products with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findProductById = new MaybeOneQuery<Key<ProductsRow, 'tenantId' | 'id'>, ProductsRow>(
  'findProductById',
  `select t.allow_backorder, t.compare_at_price, t.created_at, t.currency_code, t.description, t.id, t.inventory_count, t.is_active, t.is_deleted, t.is_low_stock, t.low_stock_threshold, t.metadata, t.name, t.on_hand_count, t.price, t.product_type, t.published_at, t.reserved_count, t.seller_id, t.short_description, t.sku, t.tax_rate, t.tenant_id, t.track_inventory, t.updated_at, t.version, t.visible_channels from api.products as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.products with this sku, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findProductBySku = new MaybeOneQuery<Key<ProductsRow, 'tenantId' | 'sku'>, ProductsRow>(
  'findProductBySku',
  `select t.allow_backorder, t.compare_at_price, t.created_at, t.currency_code, t.description, t.id, t.inventory_count, t.is_active, t.is_deleted, t.is_low_stock, t.low_stock_threshold, t.metadata, t.name, t.on_hand_count, t.price, t.product_type, t.published_at, t.reserved_count, t.seller_id, t.short_description, t.sku, t.tax_rate, t.tenant_id, t.track_inventory, t.updated_at, t.version, t.visible_channels from api.products as t where t.tenant_id = $1 and t.sku = $2`,
  ['tenantId!', 'sku!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.refund with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findRefundById = new MaybeOneQuery<Key<RefundRow, 'tenantId' | 'id'>, RefundRow>(
  'findRefundById',
  `select t.amount, t.completed_at, t.created_at, t.created_by, t.currency_code, t.id, t.method, t.order_id, t.order_return_id, t.part, t.payment_id, t.provider_reference, t.reason, t.status, t.tenant_id, t.updated_at from api.refund as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.role_permission with this permissionCode and role, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findRolePermissionByPermissionCodeAndRole = new MaybeOneQuery<Key<RolePermissionRow, 'permissionCode' | 'role'>, RolePermissionRow>(
  'findRolePermissionByPermissionCodeAndRole',
  `select t.permission_code, t.role from api.role_permission as t where t.permission_code = $1 and t.role = $2`,
  ['permissionCode!', 'role!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.saved_payment_method with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSavedPaymentMethodById = new MaybeOneQuery<Key<SavedPaymentMethodRow, 'tenantId' | 'id'>, SavedPaymentMethodRow>(
  'findSavedPaymentMethodById',
  `select t.card_brand, t.card_last_four, t.created_at, t.display_name, t.expiry_month, t.expiry_year, t.id, t.is_default, t.is_deleted, t.last_used_at, t.payment_type, t.phone_last_four, t.provider, t.tenant_id, t.updated_at, t.user_id, t.version from api.saved_payment_method as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'buyer', 'worker', 'platform'] },
);

/** The row of api.seller_onboarding with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSellerOnboardingById = new MaybeOneQuery<Key<SellerOnboardingRow, 'tenantId' | 'id'>, SellerOnboardingRow>(
  'findSellerOnboardingById',
  `select t.additional_info_requested, t.created_at, t.current_step, t.id, t.is_waiting, t.onboarding_status, t.pending_documents, t.rejected_at, t.rejection_reason, t.reviewed_by, t.seller_id, t.submission_count, t.submitted_at, t.tenant_id, t.updated_at, t.verification_status, t.verified_at, t.version from api.seller_onboarding as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.seller_onboarding with this sellerId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSellerOnboardingBySellerId = new MaybeOneQuery<Key<SellerOnboardingRow, 'tenantId' | 'sellerId'>, SellerOnboardingRow>(
  'findSellerOnboardingBySellerId',
  `select t.additional_info_requested, t.created_at, t.current_step, t.id, t.is_waiting, t.onboarding_status, t.pending_documents, t.rejected_at, t.rejection_reason, t.reviewed_by, t.seller_id, t.submission_count, t.submitted_at, t.tenant_id, t.updated_at, t.verification_status, t.verified_at, t.version from api.seller_onboarding as t where t.tenant_id = $1 and t.seller_id = $2`,
  ['tenantId!', 'sellerId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.seller_profile with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSellerProfileById = new MaybeOneQuery<Key<SellerProfileRow, 'tenantId' | 'id'>, SellerProfileRow>(
  'findSellerProfileById',
  `select t.bio, t.business_name, t.business_type, t.created_at, t.email, t.id, t.is_deleted, t.is_verified, t.logo_asset_id, t.phone_number, t.slug, t.tenant_id, t.updated_at, t.user_id, t.version from api.seller_profile as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.seller_profile with this slug, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSellerProfileBySlug = new MaybeOneQuery<Key<SellerProfileRow, 'tenantId' | 'slug'>, SellerProfileRow>(
  'findSellerProfileBySlug',
  `select t.bio, t.business_name, t.business_type, t.created_at, t.email, t.id, t.is_deleted, t.is_verified, t.logo_asset_id, t.phone_number, t.slug, t.tenant_id, t.updated_at, t.user_id, t.version from api.seller_profile as t where t.tenant_id = $1 and t.slug = $2`,
  ['tenantId!', 'slug!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.seller_profile with this userId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSellerProfileByUserId = new MaybeOneQuery<Key<SellerProfileRow, 'tenantId' | 'userId'>, SellerProfileRow>(
  'findSellerProfileByUserId',
  `select t.bio, t.business_name, t.business_type, t.created_at, t.email, t.id, t.is_deleted, t.is_verified, t.logo_asset_id, t.phone_number, t.slug, t.tenant_id, t.updated_at, t.user_id, t.version from api.seller_profile as t where t.tenant_id = $1 and t.user_id = $2`,
  ['tenantId!', 'userId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontById = new MaybeOneQuery<Key<StorefrontRow, 'tenantId' | 'id'>, StorefrontRow>(
  'findStorefrontById',
  `select t.config, t.created_at, t.custom_domain, t.domain_verified_at, t.id, t.is_published, t.meta_description, t.meta_title, t.published_at, t.published_by, t.published_version_id, t.tenant_id, t.theme_id, t.updated_at, t.version from api.storefront as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_asset with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontAssetById = new MaybeOneQuery<Key<StorefrontAssetRow, 'tenantId' | 'id'>, StorefrontAssetRow>(
  'findStorefrontAssetById',
  `select t.alt_text, t.created_at, t.created_by, t.file_name, t.file_type, t.height, t.id, t.is_deleted, t.is_payment_proof, t.is_private, t.mime_type, t.sha256, t.size_bytes, t.tenant_id, t.updated_at, t.url, t.version, t.width from api.storefront_asset as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_asset with this sha256, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontAssetBySha256 = new MaybeOneQuery<Key<StorefrontAssetRow, 'tenantId' | 'sha256'>, StorefrontAssetRow>(
  'findStorefrontAssetBySha256',
  `select t.alt_text, t.created_at, t.created_by, t.file_name, t.file_type, t.height, t.id, t.is_deleted, t.is_payment_proof, t.is_private, t.mime_type, t.sha256, t.size_bytes, t.tenant_id, t.updated_at, t.url, t.version, t.width from api.storefront_asset as t where t.tenant_id = $1 and t.sha256 = $2`,
  ['tenantId!', 'sha256!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_banner with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontBannerById = new MaybeOneQuery<Key<StorefrontBannerRow, 'tenantId' | 'id'>, StorefrontBannerRow>(
  'findStorefrontBannerById',
  `select t.asset_id, t.banner_type, t.created_at, t.ends_at, t.id, t.is_active, t.is_deleted, t.link_url, t.locale, t.placement, t.priority, t.starts_at, t.storefront_id, t.subtitle, t.tenant_id, t.title, t.updated_at, t.version from api.storefront_banner as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_drafts with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontDraftById = new MaybeOneQuery<Key<StorefrontDraftsRow, 'tenantId' | 'id'>, StorefrontDraftsRow>(
  'findStorefrontDraftById',
  `select t.base_version_id, t.config, t.created_at, t.created_by, t.expires_at, t.id, t.name, t.storefront_id, t.tenant_id, t.theme_id, t.updated_at, t.version from api.storefront_drafts as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_theme with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontThemeById = new MaybeOneQuery<Key<StorefrontThemeRow, 'tenantId' | 'id'>, StorefrontThemeRow>(
  'findStorefrontThemeById',
  `select t.created_at, t.description, t.id, t.is_deleted, t.is_system, t.name, t.tenant_id, t.tokens, t.updated_at, t.version from api.storefront_theme as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_theme with this name, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontThemeByName = new MaybeOneQuery<Key<StorefrontThemeRow, 'tenantId' | 'name'>, StorefrontThemeRow>(
  'findStorefrontThemeByName',
  `select t.created_at, t.description, t.id, t.is_deleted, t.is_system, t.name, t.tenant_id, t.tokens, t.updated_at, t.version from api.storefront_theme as t where t.tenant_id = $1 and t.name = $2`,
  ['tenantId!', 'name!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_versions with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontVersionById = new MaybeOneQuery<Key<StorefrontVersionsRow, 'tenantId' | 'id'>, StorefrontVersionsRow>(
  'findStorefrontVersionById',
  `select t.change_summary, t.created_at, t.created_by, t.id, t.snapshot, t.storefront_id, t.tenant_id, t.theme_id, t.version_number from api.storefront_versions as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.storefront_versions with this storefrontId and versionNumber, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findStorefrontVersionByStorefrontIdAndVersionNumber = new MaybeOneQuery<Key<StorefrontVersionsRow, 'tenantId' | 'storefrontId' | 'versionNumber'>, StorefrontVersionsRow>(
  'findStorefrontVersionByStorefrontIdAndVersionNumber',
  `select t.change_summary, t.created_at, t.created_by, t.id, t.snapshot, t.storefront_id, t.tenant_id, t.theme_id, t.version_number from api.storefront_versions as t where t.tenant_id = $1 and t.storefront_id = $2 and t.version_number = $3`,
  ['tenantId!', 'storefrontId!', 'versionNumber!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.subscription_plan with this code, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findSubscriptionPlanByCode = new MaybeOneQuery<Key<SubscriptionPlanRow, 'code'>, SubscriptionPlanRow>(
  'findSubscriptionPlanByCode',
  `select t.code, t.created_at, t.features, t.is_active, t.max_channels, t.max_messages_per_month, t.max_orders_per_month, t.max_products, t.max_storage_bytes, t.max_team_members, t.name, t.updated_at from api.subscription_plan as t where t.code = $1`,
  ['code!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.team_invites with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findTeamInviteById = new MaybeOneQuery<Key<TeamInvitesRow, 'tenantId' | 'id'>, TeamInvitesRow>(
  'findTeamInviteById',
  `select t.accepted_by, t.created_at, t.created_by, t.email, t.expires_at, t.id, t.message, t.permissions, t.phone_number, t.resent_count, t.responded_at, t.role, t.status, t.tenant_id, t.updated_at from api.team_invites as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.team_members with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findTeamMemberById = new MaybeOneQuery<Key<TeamMembersRow, 'tenantId' | 'id'>, TeamMembersRow>(
  'findTeamMemberById',
  `select t.created_at, t.deactivated_at, t.id, t.invited_by, t.is_active, t.joined_at, t.permissions, t.role, t.tenant_id, t.updated_at, t.user_id, t.version from api.team_members as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.team_members with this userId, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findTeamMemberByUserId = new MaybeOneQuery<Key<TeamMembersRow, 'tenantId' | 'userId'>, TeamMembersRow>(
  'findTeamMemberByUserId',
  `select t.created_at, t.deactivated_at, t.id, t.invited_by, t.is_active, t.joined_at, t.permissions, t.role, t.tenant_id, t.updated_at, t.user_id, t.version from api.team_members as t where t.tenant_id = $1 and t.user_id = $2`,
  ['tenantId!', 'userId!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.tenant with this domain, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findTenantByDomain = new MaybeOneQuery<Key<TenantRow, 'domain'>, TenantRow>(
  'findTenantByDomain',
  `select t.closed_at, t.country_code, t.created_at, t.default_currency, t.default_language, t.domain, t.email, t.id, t.is_active, t.name, t.phone_number, t.prices_include_tax, t.settings, t.shipping_tax_rate, t.status, t.subscription_tier, t.suspended_at, t.timezone, t.updated_at, t.version from api.tenant as t where t.domain = $1`,
  ['domain!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.tenant with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findTenantById = new MaybeOneQuery<Key<TenantRow, 'id'>, TenantRow>(
  'findTenantById',
  `select t.closed_at, t.country_code, t.created_at, t.default_currency, t.default_language, t.domain, t.email, t.id, t.is_active, t.name, t.phone_number, t.prices_include_tax, t.settings, t.shipping_tax_rate, t.status, t.subscription_tier, t.suspended_at, t.timezone, t.updated_at, t.version from api.tenant as t where t.id = $1`,
  ['id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.users with this authSubject, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findUserByAuthSubject = new MaybeOneQuery<Key<UsersRow, 'tenantId' | 'authSubject'>, UsersRow>(
  'findUserByAuthSubject',
  `select t.auth_subject, t.created_at, t.display_name, t.email, t.id, t.is_deleted, t.is_seller, t.is_system_admin, t.last_seen_at, t.locale, t.phone_number, t.tenant_id, t.updated_at, t.version from api.users as t where t.tenant_id = $1 and t.auth_subject = $2`,
  ['tenantId!', 'authSubject!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.users with this email, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findUserByEmail = new MaybeOneQuery<Key<UsersRow, 'tenantId' | 'email'>, UsersRow>(
  'findUserByEmail',
  `select t.auth_subject, t.created_at, t.display_name, t.email, t.id, t.is_deleted, t.is_seller, t.is_system_admin, t.last_seen_at, t.locale, t.phone_number, t.tenant_id, t.updated_at, t.version from api.users as t where t.tenant_id = $1 and t.email = $2`,
  ['tenantId!', 'email!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.users with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findUserById = new MaybeOneQuery<Key<UsersRow, 'tenantId' | 'id'>, UsersRow>(
  'findUserById',
  `select t.auth_subject, t.created_at, t.display_name, t.email, t.id, t.is_deleted, t.is_seller, t.is_system_admin, t.last_seen_at, t.locale, t.phone_number, t.tenant_id, t.updated_at, t.version from api.users as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);

/** The row of api.violations with this id, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const findViolationById = new MaybeOneQuery<Key<ViolationsRow, 'tenantId' | 'id'>, ViolationsRow>(
  'findViolationById',
  `select t.action, t.complaint_id, t.created_at, t.details, t.end_at, t.id, t.issued_by, t.reason, t.resolved_at, t.severity, t.start_at, t.status, t.tenant_id, t.type, t.updated_at, t.user_id from api.violations as t where t.tenant_id = $1 and t.id = $2`,
  ['tenantId!', 'id!'],
  { callers: ['member', 'worker', 'platform'] },
);
