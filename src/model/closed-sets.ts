// Generated from the checks named *_set by "npm run generate"; do not edit.

/** The values of commerce.order_address.kind. */
export const addressKinds = [
  'shipping',
  'billing',
] as const;
/** One of addressKinds. */
export type AddressKind = (typeof addressKinds)[number];

/** The values of commerce.address_book.address_type. */
export const addressTypes = [
  'shipping',
  'billing',
  'pickup',
  'other',
] as const;
/** One of addressTypes. */
export type AddressType = (typeof addressTypes)[number];

/** The values of commerce.message_attachment.file_type. */
export const attachmentTypes = [
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
] as const;
/** One of attachmentTypes. */
export type AttachmentType = (typeof attachmentTypes)[number];

/** The values of audit.log.action. */
export const auditActions = [
  'insert',
  'update',
  'delete',
  'truncate',
  'read',
  'login',
  'export',
  'impersonate',
  'redact',
  'custom',
] as const;
/** One of auditActions. */
export type AuditAction = (typeof auditActions)[number];

/** The values of commerce.storefront_banner.placement. */
export const bannerPlacements = [
  'header',
  'homepage',
  'category_page',
  'product_page',
  'footer',
  'sidebar',
  'popup',
] as const;
/** One of bannerPlacements. */
export type BannerPlacement = (typeof bannerPlacements)[number];

/** The values of commerce.storefront_banner.banner_type. */
export const bannerTypes = [
  'hero',
  'promotional',
  'announcement',
  'category',
  'seasonal',
  'custom',
] as const;
/** One of bannerTypes. */
export type BannerType = (typeof bannerTypes)[number];

/** The values of commerce.seller_profile.business_type. */
export const businessTypes = [
  'individual',
  'sole_proprietor',
  'partnership',
  'limited_company',
  'cooperative',
  'non_profit',
  'other',
] as const;
/** One of businessTypes. */
export type BusinessType = (typeof businessTypes)[number];

/** The values of commerce.channel.channel_type, commerce.order_channel_meta.channel_type, commerce.orders.channel, commerce.products.visible_channels. */
export const channelTypes = [
  'whatsapp',
  'instagram',
  'facebook_messenger',
  'telegram',
  'tiktok',
  'sms',
  'email',
  'web_chat',
  'storefront',
  'phone',
  'in_person',
  'api',
] as const;
/** One of channelTypes. */
export type ChannelType = (typeof channelTypes)[number];

/** The values of commerce.order_charge.kind. */
export const chargeKinds = [
  'cash_on_delivery',
  'service',
  'packaging',
  'insurance',
] as const;
/** One of chargeKinds. */
export type ChargeKind = (typeof chargeKinds)[number];

/** The values of commerce.complaints.status. */
export const complaintStatuses = [
  'pending',
  'in_review',
  'escalated',
  'resolved',
] as const;
/** One of complaintStatuses. */
export type ComplaintStatus = (typeof complaintStatuses)[number];

/** The values of commerce.complaints.tier. */
export const complaintTiers = [
  'tier1',
  'tier2',
  'tier3',
] as const;
/** One of complaintTiers. */
export type ComplaintTier = (typeof complaintTiers)[number];

/** The values of commerce.complaints.type. */
export const complaintTypes = [
  'product',
  'order',
  'user',
  'other',
] as const;
/** One of complaintTypes. */
export type ComplaintType = (typeof complaintTypes)[number];

/** The values of commerce.conversation_event.event_type. */
export const conversationEventTypes = [
  'conversation_started',
  'conversation_closed',
  'conversation_reopened',
  'message_sent',
  'message_received',
  'message_delivered',
  'message_read',
  'message_failed',
  'product_clicked',
  'order_placed',
  'user_joined',
  'user_left',
  'assigned',
  'unassigned',
  'status_changed',
  'note_added',
  'tag_changed',
  'consent_changed',
  'onboarding_step',
  'onboarding_error',
  'message_edited',
  'message_deleted',
  'message_queued',
  'message_cancelled',
  'message_reacted',
  'message_completed',
] as const;
/** One of conversationEventTypes. */
export type ConversationEventType = (typeof conversationEventTypes)[number];

/** The values of commerce.conversation_thread.priority. */
export const conversationPriorities = [
  'low',
  'normal',
  'high',
  'urgent',
] as const;
/** One of conversationPriorities. */
export type ConversationPriority = (typeof conversationPriorities)[number];

/** The values of commerce.conversation_thread.status. */
export const conversationStatuses = [
  'open',
  'pending',
  'snoozed',
  'resolved',
  'closed',
] as const;
/** One of conversationStatuses. */
export type ConversationStatus = (typeof conversationStatuses)[number];

/** The values of commerce.customer_credit.kind. */
export const creditKinds = [
  'granted',
  'spent',
  'returned',
  'expired',
  'withdrawn',
] as const;
/** One of creditKinds. */
export type CreditKind = (typeof creditKinds)[number];

/** The values of commerce.conversation_history.delivery_status. */
export const deliveryStatuses = [
  'received',
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'cancelled',
] as const;
/** One of deliveryStatuses. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** The values of audit.tenant_move.direction. */
export const directions = [
  'out',
  'in',
] as const;
/** One of directions. */
export type Direction = (typeof directions)[number];

/** The values of commerce.kyc_document.document_type, commerce.kyc_info.id_type. */
export const documentTypes = [
  'national_id',
  'passport',
  'drivers_license',
  'voter_id',
  'business_registration',
  'tax_certificate',
  'proof_of_address',
  'bank_statement',
  'selfie',
  'other',
] as const;
/** One of documentTypes. */
export type DocumentType = (typeof documentTypes)[number];

/** The values of commerce.storefront_asset.file_type. */
export const fileTypes = [
  'image',
  'video',
  'document',
  'audio',
  'other',
] as const;
/** One of fileTypes. */
export type FileType = (typeof fileTypes)[number];

/** The values of commerce.fulfillment.method. */
export const fulfillmentMethods = [
  'shipping',
  'pickup',
  'digital',
] as const;
/** One of fulfillmentMethods. */
export type FulfillmentMethod = (typeof fulfillmentMethods)[number];

/** The values of commerce.fulfillment.status. */
export const fulfillmentStatuses = [
  'packed',
  'ready_for_pickup',
  'shipped',
  'delivered',
  'collected',
  'refused',
  'returned',
  'lost',
  'cancelled',
] as const;
/** One of fulfillmentStatuses. */
export type FulfillmentStatus = (typeof fulfillmentStatuses)[number];

/** The values of commerce.inbound_event.status. */
export const inboundStatuses = [
  'received',
  'processed',
  'returned',
] as const;
/** One of inboundStatuses. */
export type InboundStatus = (typeof inboundStatuses)[number];

/** The values of commerce.team_invites.status. */
export const inviteStatuses = [
  'pending',
  'accepted',
  'declined',
  'expired',
  'revoked',
] as const;
/** One of inviteStatuses. */
export type InviteStatus = (typeof inviteStatuses)[number];

/** The values of commerce.conversation_history.direction. */
export const messageDirections = [
  'inbound',
  'outbound',
] as const;
/** One of messageDirections. */
export type MessageDirection = (typeof messageDirections)[number];

/** The values of commerce.conversation_history.message_type. */
export const messageTypes = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contact',
  'interactive',
  'template',
  'order',
  'system',
  'unsupported',
] as const;
/** One of messageTypes. */
export type MessageType = (typeof messageTypes)[number];

/** The values of commerce.money_allocation.account. */
export const moneyAccounts = [
  'order',
  'unallocated',
  'credit',
  'loss',
] as const;
/** One of moneyAccounts. */
export type MoneyAccount = (typeof moneyAccounts)[number];

/** The values of commerce.money_allocation.cause. */
export const moneyCauses = [
  'captured',
  'corrected',
  'moved',
  'refunded',
  'lost',
  'written_off',
] as const;
/** One of moneyCauses. */
export type MoneyCause = (typeof moneyCauses)[number];

/** The values of commerce.inventory_movement.reason. */
export const movementReasons = [
  'initial',
  'restock',
  'sale',
  'return_restock',
  'correction',
  'damage',
  'import',
] as const;
/** One of movementReasons. */
export type MovementReason = (typeof movementReasons)[number];

/** The values of commerce.notification_preferences.notification_type. */
export const notificationTypes = [
  'order_created',
  'order_status_changed',
  'order_shipped',
  'order_delivered',
  'order_cancelled',
  'payment_received',
  'payment_failed',
  'refund_processed',
  'return_requested',
  'return_updated',
  'return_approved',
  'return_rejected',
  'return_received',
  'return_cancelled',
  'new_message',
  'conversation_assigned',
  'low_stock',
  'team_invite',
  'verification_approved',
  'verification_rejected',
  'verification_info_needed',
  'seller_approved',
  'complaint_updated',
  'violation_issued',
  'security_alert',
  'marketing',
  'system',
] as const;
/** One of notificationTypes. */
export type NotificationType = (typeof notificationTypes)[number];

/** The values of commerce.seller_onboarding.onboarding_status. */
export const onboardingStatuses = [
  'not_started',
  'in_progress',
  'submitted',
  'in_review',
  'additional_info_needed',
  'approved',
  'rejected',
] as const;
/** One of onboardingStatuses. */
export type OnboardingStatus = (typeof onboardingStatuses)[number];

/** The values of commerce.seller_onboarding.current_step. */
export const onboardingSteps = [
  'business_info',
  'identity',
  'business',
  'banking',
  'tax',
  'address',
  'kyc_upload',
  'domain',
  'team_invite',
] as const;
/** One of onboardingSteps. */
export type OnboardingStep = (typeof onboardingSteps)[number];

/** The values of commerce.orders.fulfillment_status. */
export const orderFulfillmentStatuses = [
  'unfulfilled',
  'partially_fulfilled',
  'fulfilled',
  'delivered',
] as const;
/** One of orderFulfillmentStatuses. */
export type OrderFulfillmentStatus = (typeof orderFulfillmentStatuses)[number];

/** The values of commerce.orders.payment_status. */
export const orderPaymentStatuses = [
  'unpaid',
  'pending',
  'partially_authorized',
  'authorized',
  'partially_paid',
  'paid',
  'overpaid',
  'partially_refunded',
  'refunded',
  'disputed',
  'failed',
] as const;
/** One of orderPaymentStatuses. */
export type OrderPaymentStatus = (typeof orderPaymentStatuses)[number];

/** The values of commerce.orders.status. */
export const orderStatuses = [
  'draft',
  'pending',
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const;
/** One of orderStatuses. */
export type OrderStatus = (typeof orderStatuses)[number];

/** The values of commerce.order_status_history.field. */
export const orderStatusFields = [
  'status',
  'payment_status',
  'fulfillment_status',
  'lines',
  'address',
  'tracking',
] as const;
/** One of orderStatusFields. */
export type OrderStatusField = (typeof orderStatusFields)[number];

/** The values of commerce.inbound_event.event_type, commerce.payment_event.kind. */
export const paymentEventKinds = [
  'pending',
  'requires_action',
  'authorized',
  'captured',
  'failed',
  'expired',
  'cancelled',
  'refunded',
  'refund_failed',
  'disputed',
  'dispute_won',
  'dispute_lost',
  'corrected',
] as const;
/** One of paymentEventKinds. */
export type PaymentEventKind = (typeof paymentEventKinds)[number];

/** The values of commerce.payment_event.source. */
export const paymentEventSources = [
  'webhook',
  'staff',
  'shopper',
  'job',
] as const;
/** One of paymentEventSources. */
export type PaymentEventSource = (typeof paymentEventSources)[number];

/** The values of commerce.payment.status. */
export const paymentStatuses = [
  'pending',
  'requires_action',
  'authorized',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const;
/** One of paymentStatuses. */
export type PaymentStatus = (typeof paymentStatuses)[number];

/** The values of commerce.payment.payment_type, commerce.saved_payment_method.payment_type. */
export const paymentTypes = [
  'card',
  'mobile_money',
  'bank_transfer',
  'ussd',
  'cash_on_delivery',
  'wallet',
  'store_credit',
] as const;
/** One of paymentTypes. */
export type PaymentType = (typeof paymentTypes)[number];

/** The values of commerce.refund.method. */
export const payoutMethods = [
  'original_payment',
  'store_credit',
  'manual',
] as const;
/** One of payoutMethods. */
export type PayoutMethod = (typeof payoutMethods)[number];

/** The values of commerce.order_adjustment.part, commerce.refund.part. */
export const priceParts = [
  'goods',
  'tax',
  'shipping',
  'fee',
] as const;
/** One of priceParts. */
export type PricePart = (typeof priceParts)[number];

/** The values of commerce.products.product_type. */
export const productTypes = [
  'physical',
  'digital',
  'service',
] as const;
/** One of productTypes. */
export type ProductType = (typeof productTypes)[number];

/** The values of commerce.message_reaction.sender_type. */
export const reactionSenders = [
  'customer',
  'merchant',
] as const;
/** One of reactionSenders. */
export type ReactionSender = (typeof reactionSenders)[number];

/** The values of commerce.order_returns.refund_method. */
export const refundMethods = [
  'original_payment',
  'store_credit',
  'manual',
  'exchange',
] as const;
/** One of refundMethods. */
export type RefundMethod = (typeof refundMethods)[number];

/** The values of commerce.refund.status. */
export const refundStatuses = [
  'pending',
  'succeeded',
  'failed',
  'cancelled',
] as const;
/** One of refundStatuses. */
export type RefundStatus = (typeof refundStatuses)[number];

/** The values of commerce.order_return_items.condition. */
export const returnConditions = [
  'unopened',
  'opened',
  'damaged',
  'missing',
] as const;
/** One of returnConditions. */
export type ReturnCondition = (typeof returnConditions)[number];

/** The values of commerce.order_return_items.reason, commerce.order_returns.reason. */
export const returnReasons = [
  'damaged',
  'defective',
  'incorrect_item',
  'not_as_described',
  'changed_mind',
  'arrived_late',
  'size_issue',
  'quality_issue',
  'other',
] as const;
/** One of returnReasons. */
export type ReturnReason = (typeof returnReasons)[number];

/** The values of commerce.order_returns.status. */
export const returnStatuses = [
  'requested',
  'approved',
  'rejected',
  'in_transit',
  'received',
  'refunded',
  'closed',
  'cancelled',
] as const;
/** One of returnStatuses. */
export type ReturnStatus = (typeof returnStatuses)[number];

/** The values of commerce.team_invites.role. */
export const roles = [
  'owner',
  'admin',
  'manager',
  'editor',
  'viewer',
] as const;
/** One of roles. */
export type Role = (typeof roles)[number];

/** The values of commerce.conversation_history.sender_type. */
export const senderTypes = [
  'customer',
  'merchant',
  'bot',
  'system',
] as const;
/** One of senderTypes. */
export type SenderType = (typeof senderTypes)[number];

/** The values of commerce.kyc_document.side. */
export const sides = [
  'front',
  'back',
] as const;
/** One of sides. */
export type Side = (typeof sides)[number];

/** The values of commerce.role_permission.role, commerce.team_members.role. */
export const teamRoles = [
  'owner',
  'admin',
  'manager',
  'editor',
  'viewer',
  'service',
] as const;
/** One of teamRoles. */
export type TeamRole = (typeof teamRoles)[number];

/** The values of commerce.message_template.category. */
export const templateCategories = [
  'marketing',
  'utility',
  'authentication',
  'service',
] as const;
/** One of templateCategories. */
export type TemplateCategory = (typeof templateCategories)[number];

/** The values of commerce.message_template.status. */
export const templateStatuses = [
  'pending',
  'approved',
  'rejected',
  'paused',
  'disabled',
] as const;
/** One of templateStatuses. */
export type TemplateStatus = (typeof templateStatuses)[number];

/** The values of commerce.tenant.status. */
export const tenantStatuses = [
  'provisioning',
  'active',
  'suspended',
  'moving',
  'closing',
  'closed',
] as const;
/** One of tenantStatuses. */
export type TenantStatus = (typeof tenantStatuses)[number];

/** The values of commerce.kyc_document.verification_status, commerce.kyc_info.verification_status, commerce.seller_onboarding.verification_status. */
export const verificationStatuses = [
  'unverified',
  'pending',
  'verified',
  'rejected',
  'expired',
] as const;
/** One of verificationStatuses. */
export type VerificationStatus = (typeof verificationStatuses)[number];

/** The values of commerce.violations.action. */
export const violationActions = [
  'warning',
  'restrict',
  'temp_ban',
  'perm_ban',
] as const;
/** One of violationActions. */
export type ViolationAction = (typeof violationActions)[number];

/** The values of commerce.violations.severity. */
export const violationSeverities = [
  'low',
  'medium',
  'high',
  'critical',
] as const;
/** One of violationSeverities. */
export type ViolationSeverity = (typeof violationSeverities)[number];

/** The values of commerce.violations.status. */
export const violationStatuses = [
  'active',
  'resolved',
  'expired',
] as const;
/** One of violationStatuses. */
export type ViolationStatus = (typeof violationStatuses)[number];

/** The values of commerce.violations.type. */
export const violationTypes = [
  'content',
  'behavior',
  'security',
  'policy',
  'fraud',
] as const;
/** One of violationTypes. */
export type ViolationType = (typeof violationTypes)[number];
