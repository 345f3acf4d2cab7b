// Generated from the views of schema api by "npm run generate"; do not edit.
import type { AddressKind, AddressType, AttachmentType, BannerPlacement, BannerType, BusinessType, ChannelType, ChargeKind, ComplaintStatus, ComplaintTier, ComplaintType, ConversationEventType, ConversationPriority, ConversationStatus, CreditKind, DeliveryStatus, DocumentType, FileType, FulfillmentMethod, FulfillmentStatus, InboundStatus, InviteStatus, MessageDirection, MessageType, MoneyAccount, MoneyCause, MovementReason, NotificationType, OnboardingStatus, OnboardingStep, OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus, OrderStatusField, PaymentEventKind, PaymentEventSource, PaymentStatus, PaymentType, PayoutMethod, PricePart, ProductType, ReactionSender, RefundMethod, RefundStatus, ReturnCondition, ReturnReason, ReturnStatus, Role, SenderType, Side, TeamRole, TemplateCategory, TemplateStatus, TenantStatus, VerificationStatus, ViolationAction, ViolationSeverity, ViolationStatus, ViolationType } from './closed-sets.ts';
import type { JsonObject, OrderMetadata } from './json.ts';

/** A row of api.address_book: Addresses of a buyer; an order keeps its own copy. */
export interface AddressBookRow {
  /** What it is used for. */
  addressType: AddressType;
  /** Apartment, floor or suite. */
  apartment: string | null;
  /** City or town. */
  city: string;
  /** ISO 3166-1 alpha-2 code. */
  country: string;
  /** When the row was made. */
  createdAt: Date;
  /** What the carrier should know. */
  deliveryNote: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default address of its type; there is at most one for each type. */
  isDefault: boolean;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** The buyer's own name for it. */
  label: string | null;
  /** What it is near, where streets have no names. */
  landmark: string | null;
  /** Degrees north, together with the longitude. */
  latitude: string | null;
  /** Degrees east, together with the latitude. */
  longitude: string | null;
  /** Telephone number for the carrier. */
  phoneNumber: string | null;
  /** Postal code. */
  postalCode: string | null;
  /** The person or company that receives the parcel. */
  recipientName: string;
  /** State, province or county. */
  state: string | null;
  /** Street and number. */
  streetAddress: string;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The buyer, by users id. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.address_book takes; it names the version that was read where there is one. */
export interface AddressBookUpdate {
  /** Apartment, floor or suite. */
  apartment?: string | null;
  /** City or town. */
  city?: string;
  /** ISO 3166-1 alpha-2 code. */
  country?: string;
  /** What the carrier should know. */
  deliveryNote?: string | null;
  /** The buyer's own name for it. */
  label?: string | null;
  /** What it is near, where streets have no names. */
  landmark?: string | null;
  /** Degrees north, together with the longitude. */
  latitude?: string | null;
  /** Degrees east, together with the latitude. */
  longitude?: string | null;
  /** Telephone number for the carrier. */
  phoneNumber?: string | null;
  /** Postal code. */
  postalCode?: string | null;
  /** The person or company that receives the parcel. */
  recipientName?: string;
  /** State, province or county. */
  state?: string | null;
  /** Street and number. */
  streetAddress?: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.buyer_profile: Customers who buy: each row has the id of its customer and belongs to one person. */
export interface BuyerProfileRow {
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the currency the buyer prefers. */
  defaultCurrency: string | null;
  /** Name, copied into orders. */
  fullName: string | null;
  /** The customer's id. */
  id: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** Telephone number in E.164 form, copied into orders. */
  phoneNumber: string | null;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage: string;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person who buys. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.buyer_profile takes; it names the version that was read where there is one. */
export interface BuyerProfileUpdate {
  /** ISO 4217 code of the currency the buyer prefers. */
  defaultCurrency?: string | null;
  /** Name, copied into orders. */
  fullName?: string | null;
  /** Whether the row was deleted; it can be restored. */
  isDeleted?: boolean;
  /** Telephone number in E.164 form, copied into orders. */
  phoneNumber?: string | null;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage?: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.channel: A connected account in which customers write: a WhatsApp number, an Instagram page, the web chat. */
export interface ChannelRow {
  /** Kind of channel. */
  channelType: ChannelType;
  /** Settings of the channel, a JSON object of at most 64 KiB; credentials never belong here. */
  config: JsonObject;
  /** When it was connected. */
  createdAt: Date;
  /** The provider's id of the account (phone_number_id, page id); one live channel on the whole platform has it. */
  externalAccountId: string;
  /** For how many minutes a person, and no bot, may still answer freely: 10080 (seven days) for Instagram and Messenger; NULL: no longer than replyWindowMinutes. */
  humanWindowMinutes: number | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether messages are sent through it. */
  isActive: boolean;
  /** Whether it is disconnected; its account is then free for another channel. */
  isDeleted: boolean;
  /** Name shown to staff. */
  name: string;
  /** The company that carries the messages. */
  provider: string;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  replyWindowMinutes: number | null;
  /** The merchant whose account it is. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.channel takes; it names the version that was read where there is one. */
export interface ChannelUpdate {
  /** Settings of the channel, a JSON object of at most 64 KiB; credentials never belong here. */
  config?: JsonObject;
  /** For how many minutes a person, and no bot, may still answer freely: 10080 (seven days) for Instagram and Messenger; NULL: no longer than replyWindowMinutes. */
  humanWindowMinutes?: number | null;
  /** Whether messages are sent through it. */
  isActive?: boolean;
  /** Whether it is disconnected; its account is then free for another channel. */
  isDeleted?: boolean;
  /** Name shown to staff. */
  name?: string;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  replyWindowMinutes?: number | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.complaints: Complaints of people about an order, a product or a person. */
export interface ComplaintsRow {
  /** The member of staff who deals with it. */
  assignedMemberId: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** What happened, in the words of the person who complains. */
  description: string;
  /** Why it was escalated. */
  escalationReason: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order that it is about. */
  orderId: string | null;
  /** The product that it is about. */
  productId: string | null;
  /** How it was resolved. */
  resolution: string | null;
  /** When it was resolved. */
  resolvedAt: Date | null;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** The merchant. */
  tenantId: string;
  /** The conversation that it came up in. */
  threadId: string | null;
  /** The tier to which it has been escalated. */
  tier: ComplaintTier;
  /** What it is about. */
  type: ComplaintType;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person who complains. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.conversation_event: Everything that happens in a conversation: receipts, assignments, notes, orders; rows are only added. */
export interface ConversationEventRow {
  /** The person who did it; NULL for workers and visitors. */
  actorUserId: string | null;
  /** The message that it is about; an event of the whole thread names the latest message. */
  conversationId: string;
  /** When it was stored. */
  createdAt: Date;
  /** What happened. */
  eventType: ConversationEventType;
  /** The provider's id of the event, so that a repeated webhook adds nothing. */
  externalEventId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Details that depend on the kind of event, a JSON object of at most 64 KiB. */
  metadata: JsonObject;
  /** When it happened, by the provider's clock where it has one. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** The product that it is about. */
  productId: string | null;
  /** The merchant. */
  tenantId: string;
  /** The thread of that message. */
  threadId: string;
}

/** A row of api.conversation_history: Messages, one in each row. Only the sender of a message changes its text (editedAt, withdrawnAt), and the text before an edit is kept; the state of its delivery only moves forward. */
export interface ConversationHistoryRow {
  /** The message's number in its thread, from 1, in the order in which messages were stored; it decides which messages have been read, and which is sent first. */
  arrival: number;
  /** The provider's id of the person who wrote it in a group; NULL: the customer. */
  authorExternalId: string | null;
  /** The name of the person who wrote it in a group. */
  authorName: string | null;
  /** The thread's channel. */
  channelId: string;
  /** When it was stored. */
  createdAt: Date;
  /** The thread's customer. */
  customerId: string;
  /** When it reached the customer's device. */
  deliveredAt: Date | null;
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** When its sender last changed it; the former text is in message_revision. */
  editedAt: Date | null;
  /** The provider's code of the failure. */
  errorCode: string | null;
  /** The provider's message about the failure. */
  errorMessage: string | null;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string | null;
  /** When sending it failed. */
  failedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The customer's id from which it came or to which it goes, which is fixed when it is queued; NULL in the web chat, and when the id was removed. */
  identityId: string | null;
  /** Whether it opened no thread and no reply window, and does not count as unread: notices, imported history, messages of a blocked customer. */
  isSilent: boolean;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only. */
  metadata: JsonObject;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** When the customer read it. */
  readAt: Date | null;
  /** The provider's id of the message that it answers, even if that message never came. */
  replyToExternalId: string | null;
  /** The message that it answers. */
  replyToId: string | null;
  /** The kind of sender. */
  senderType: SenderType;
  /** The member, or service, who wrote an outbound message; NULL for machines without one, and inbound messages. */
  senderUserId: string | null;
  /** When the provider accepted it. */
  sentAt: Date | null;
  /** The approved template that was sent. */
  templateName: string | null;
  /** The merchant. */
  tenantId: string;
  /** The thread that it belongs to. */
  threadId: string;
  /** When its sender deleted it, or staff erased it; it is empty then. */
  withdrawnAt: Date | null;
}

/** A row of api.conversation_inbox: The threads that are not closed, each with its customer, assignee, last message and number of open orders. */
export interface ConversationInboxRow {
  /** The team member who answers; NULL: nobody yet. */
  assignedMemberId: string | null;
  /** Name of the team member who answers. */
  assigneeName: string | null;
  /** The channel in which it takes place. */
  channelId: string;
  /** Kind of channel in which it takes place. */
  channelType: string | null;
  /** When it was opened. */
  createdAt: Date;
  /** The customer. */
  customerId: string;
  /** Name of the customer. */
  customerName: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The first 200 characters of the latest message. */
  lastMessage: string | null;
  /** When the latest message, of either side, was sent. */
  lastMessageAt: Date | null;
  /** Which side wrote the latest message. */
  lastMessageDirection: string | null;
  /** The latest message. */
  lastMessageId: string | null;
  /** Who wrote the latest message. */
  lastMessageSenderType: string | null;
  /** Delivery status of the latest message. */
  lastMessageStatus: string | null;
  /** What kind of message the latest one is. */
  lastMessageType: string | null;
  /** Open orders of the customer. */
  openOrderCount: string;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: lastInboundAt and the channel's replyWindowMinutes of that time; NULL: no limit. */
  replyWindowEndsAt: Date | null;
  /** When a snoozed thread comes back; set exactly while it is snoozed. */
  snoozedUntil: Date | null;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Labels of the team, at most 100. */
  tags: string[];
  /** The merchant. */
  tenantId: string;
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.conversation_thread: A dialogue with one customer in one channel; of these, at most one at a time is not closed. */
export interface ConversationThreadRow {
  /** The team member who answers; NULL: nobody yet. */
  assignedMemberId: string | null;
  /** The channel in which it takes place. */
  channelId: string;
  /** When it was closed; set exactly when it is closed. */
  closedAt: Date | null;
  /** When it was opened. */
  createdAt: Date;
  /** The customer. */
  customerId: string;
  /** Messages of the shop that the customer has not read; counted in the web chat, where no provider reports it. */
  customerUnreadCount: number;
  /** When the first answer of the merchant or a bot to the customer went out. */
  firstResponseAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is in the inbox: not closed. */
  isOpen: boolean;
  /** BCP 47 tag of the language spoken. */
  language: string | null;
  /** When the customer last wrote. */
  lastInboundAt: Date | null;
  /** When the latest message, of either side, was sent. */
  lastMessageAt: Date | null;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: lastInboundAt and the channel's replyWindowMinutes of that time; NULL: no limit. */
  replyWindowEndsAt: Date | null;
  /** When a snoozed thread comes back; set exactly while it is snoozed. */
  snoozedUntil: Date | null;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Labels of the team, at most 100. */
  tags: string[];
  /** The merchant. */
  tenantId: string;
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.conversation_thread takes; it names the version that was read where there is one. */
export interface ConversationThreadUpdate {
  /** BCP 47 tag of the language spoken. */
  language?: string | null;
  /** How urgent it is, set by staff. */
  priority?: ConversationPriority;
  /** What it is about, set by staff. */
  subject?: string | null;
  /** Labels of the team, at most 100. */
  tags?: string[];
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.currency: Currencies of ISO 4217 and how many decimals their amounts may have. */
export interface CurrencyRow {
  /** ISO 4217 code, three capital letters. */
  code: string;
  /** Decimals of an amount: 2 for USD, 0 for JPY, 3 for KWD. */
  minorUnit: number;
  /** English name. */
  name: string;
}

/** A row of api.customer: Everyone who has ever written to a merchant; exists before there is a login or an order. */
export interface CustomerRow {
  /** When the row was made. */
  createdAt: Date;
  /** Name as the channel or staff gave it. */
  displayName: string | null;
  /** E-mail address, stored in lower case. */
  email: string | null;
  /** When the customer first wrote. */
  firstSeenAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the merchant no longer answers this customer. */
  isBlocked: boolean;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** When the customer last wrote or ordered; maintained by the database. */
  lastActivityAt: Date;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata: JsonObject;
  /** Orders of the customer that are placed and not yet delivered, cancelled or returned. */
  openOrderCount: string;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber: string | null;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage: string | null;
  /** The merchant's own labels, at most 100. */
  tags: string[];
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an insert into api.customer takes; what is left out has a default. */
export interface CustomerInsert {
  /** Name as the channel or staff gave it. */
  displayName?: string | null;
  /** E-mail address, stored in lower case. */
  email?: string | null;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata?: JsonObject;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber?: string | null;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage?: string | null;
  /** The merchant's own labels, at most 100. */
  tags?: string[];
}

/** What an update of api.customer takes; it names the version that was read where there is one. */
export interface CustomerUpdate {
  /** Name as the channel or staff gave it. */
  displayName?: string | null;
  /** E-mail address, stored in lower case. */
  email?: string | null;
  /** Whether the merchant no longer answers this customer. */
  isBlocked?: boolean;
  /** Whether the row was deleted; it can be restored. */
  isDeleted?: boolean;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata?: JsonObject;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber?: string | null;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage?: string | null;
  /** The merchant's own labels, at most 100. */
  tags?: string[];
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.customer_credit: Store credit of customers: what was granted, spent, given back, withdrawn and expired; written once and never changed. */
export interface CustomerCreditRow {
  /** The sum that is added to the credit; negative when it is taken from it. */
  amount: string;
  /** When it was written. */
  createdAt: Date;
  /** The person who wrote it; NULL for a worker. */
  createdBy: string | null;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** The customer who has the credit. */
  customerId: string;
  /** Until when a grant can be spent; NULL when it never expires. */
  expiresAt: Date | null;
  /** The row that granted the credit which is spent, given back, withdrawn or expired here. */
  grantedById: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What happened. */
  kind: CreditKind;
  /** The payment that spent it, or from which it was given back. */
  paymentId: string | null;
  /** Why it was granted. */
  reason: string | null;
  /** The refund that funded a grant; NULL when it was given out of goodwill. */
  refundId: string | null;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.customer_identity: The id by which a channel knows a customer; one customer may have several. */
export interface CustomerIdentityRow {
  /** The channel in which the customer has this id. */
  channelId: string;
  /** The channel's kind, which says what the id is: a telephone number, an e-mail address, a provider's own. */
  channelType: string;
  /** When the customer first wrote under this id. */
  createdAt: Date;
  /** The customer. */
  customerId: string;
  /** The provider's id of the person (wa_id, Instagram-scoped id), in the form that the provider last used. */
  externalUserId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The id in the one form by which the person is recognised: telephone numbers of Brazil, Mexico and Argentina however they are written, e-mail in lower case. */
  identityKey: string;
  /** When the customer last wrote under this id. */
  lastSeenAt: Date | null;
  /** The name that the person chose in the channel. */
  profileName: string | null;
  /** The merchant. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
}

/** A row of api.customer_value: What each buyer has ordered so far, a row for each currency; drafts and cancelled orders do not count. */
export interface CustomerValueRow {
  /** ISO 4217 code of the amounts. */
  currencyCode: string;
  /** The buyer's name. */
  fullName: string | null;
  /** Sum of their totals. */
  grossAmount: string;
  /** The buyer, by customer id. */
  id: string;
  /** When the last order was placed. */
  lastOrderAt: Date;
  /** The net sum: what the orders are worth, less refunds that are due again. */
  netAmount: string;
  /** How many orders. */
  orderCount: string;
  /** The part of it that was refunded. */
  refundedAmount: string;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.discount: A discount that a buyer gets by entering a code: a sum or a share of the price, within limits. Its terms never change; the time in which it is valid and the number of its uses may. */
export interface DiscountRow {
  /** The sum that it takes off, at most what the goods cost; NULL where there is a rate. */
  amount: string | null;
  /** What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant. */
  code: string;
  /** When it was added. */
  createdAt: Date;
  /** ISO 4217 code of its amounts, and of the orders that take it; NULL for all. */
  currencyCode: string | null;
  /** Until when orders may be placed with it. */
  endsAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** While it is false, no order may take it. */
  isActive: boolean;
  /** Whether it is deleted. */
  isDeleted: boolean;
  /** How many orders may take it; NULL for any number. */
  maxUses: number | null;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer: number | null;
  /** What the goods of the order must cost at least, before discounts. */
  minimumAmount: string | null;
  /** The only product whose price it reduces; NULL for the whole order. */
  productId: string | null;
  /** The share of the price that it takes off: 0.1 is 10 %; NULL where there is an amount. */
  rate: string | null;
  /** The only seller whose orders take it; NULL for all. */
  sellerId: string | null;
  /** From when orders may be placed with it. */
  startsAt: Date | null;
  /** The merchant. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
  /** How many placed orders have taken it; a cancelled order gives its use back. */
  usedCount: number;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an insert into api.discount takes; what is left out has a default. */
export interface DiscountInsert {
  /** The sum that it takes off, at most what the goods cost; NULL where there is a rate. */
  amount?: string | null;
  /** What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant. */
  code: string;
  /** ISO 4217 code of its amounts, and of the orders that take it; NULL for all. */
  currencyCode?: string | null;
  /** Until when orders may be placed with it. */
  endsAt?: Date | string | null;
  /** While it is false, no order may take it. */
  isActive?: boolean;
  /** How many orders may take it; NULL for any number. */
  maxUses?: number | null;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer?: number | null;
  /** What the goods of the order must cost at least, before discounts. */
  minimumAmount?: string | null;
  /** The only product whose price it reduces; NULL for the whole order. */
  productId?: string | null;
  /** The share of the price that it takes off: 0.1 is 10 %; NULL where there is an amount. */
  rate?: string | null;
  /** The only seller whose orders take it; NULL for all. */
  sellerId?: string | null;
  /** From when orders may be placed with it. */
  startsAt?: Date | string | null;
}

/** What an update of api.discount takes; it names the version that was read where there is one. */
export interface DiscountUpdate {
  /** Until when orders may be placed with it. */
  endsAt?: Date | string | null;
  /** While it is false, no order may take it. */
  isActive?: boolean;
  /** Whether it is deleted. */
  isDeleted?: boolean;
  /** How many orders may take it; NULL for any number. */
  maxUses?: number | null;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer?: number | null;
  /** From when orders may be placed with it. */
  startsAt?: Date | string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.fulfillment: A parcel or delivery of some units of an order's lines. */
export interface FulfillmentRow {
  /** The company that carries it. */
  carrier: string | null;
  /** When it was packed. */
  createdAt: Date;
  /** When it reached its buyer, or they collected it. */
  deliveredAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it reaches its buyer: a carrier brings it, the buyer collects it, or it is sent without a carrier. */
  method: FulfillmentMethod;
  /** The order. */
  orderId: string;
  /** When it was given to the carrier. */
  shippedAt: Date | null;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** The merchant. */
  tenantId: string;
  /** The carrier's number of it. */
  trackingNumber: string | null;
  /** Where the carrier shows how far it is. */
  trackingUrl: string | null;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.fulfillment_item: How many units of which line of an order are in a parcel. */
export interface FulfillmentItemRow {
  /** The parcel. */
  fulfillmentId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order, the same as the parcel's and the line's. */
  orderId: string;
  /** The line of the order. */
  orderItemId: string;
  /** Units of it that are in the parcel. */
  quantity: number;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.inbound_event: Reports of providers about payments that are unknown here; each waits until its reference is set or staff decide. */
export interface InboundEventRow {
  /** How much, where the provider states it. */
  amount: string | null;
  /** ISO 4217 code of the amount, where the provider states it. */
  currencyCode: string | null;
  /** What happened. */
  eventType: PaymentEventKind;
  /** The provider's id of the event; a repeated report with this id is the same fact. */
  externalEventId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What staff noted about it. */
  note: string | null;
  /** When it happened, by the provider's clock. */
  occurredAt: Date;
  /** The payment to which it was assigned. */
  paymentId: string | null;
  /** When it was assigned to a payment, or given back. */
  processedAt: Date | null;
  /** Payment provider. */
  provider: string;
  /** The provider's reference of the payment. */
  providerReference: string;
  /** When the provider reported it. */
  receivedAt: Date;
  /** The person who decided about it; set by the database. */
  reviewedBy: string | null;
  /** Whether it waits, belongs to a payment, or was given back. */
  status: InboundStatus;
  /** The merchant; NULL while it is not known whose it is. */
  tenantId: string | null;
}

/** A row of api.inventory_movement: Every change of a product's stock; the deltas of a product add up to its inventoryCount. */
export interface InventoryMovementRow {
  /** Stock after the movement. */
  balanceAfter: number;
  /** When it moved. */
  createdAt: Date;
  /** The person who moved it; NULL for a worker. */
  createdBy: string | null;
  /** Units added, or taken when negative. */
  delta: number;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What staff noted about it. */
  note: string | null;
  /** The order line that took the units, or gave them back. */
  orderItemId: string | null;
  /** The product. */
  productId: string;
  /** Why it moved. */
  reason: MovementReason;
  /** The returned line that brought the units back. */
  returnItemId: string | null;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.kyc_document: Documents of a seller's onboarding; the files are in private storage. */
export interface KycDocumentRow {
  /** When the row was made. */
  createdAt: Date;
  /** Kind of document. */
  documentType: DocumentType;
  /** Day on which it expires. */
  expiresOn: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** Day on which the document was issued. */
  issuedOn: string | null;
  /** Media type, such as application/pdf. */
  mimeType: string | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** When the last decision was made. */
  reviewedAt: Date | null;
  /** The person who decided last; set by the database. */
  reviewedBy: string | null;
  /** The onboarding that it belongs to. */
  sellerOnboardingId: string;
  /** Which side of the document the file shows; NULL: all of it. */
  side: Side | null;
  /** Size in bytes. */
  sizeBytes: string | null;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
}

/** A row of api.kyc_info: The data that verifies a seller: one row for each onboarding; the numbers are ciphertext. */
export interface KycInfoRow {
  /** ISO 3166-1 alpha-2 code of the country that issued the numbers. */
  countryCode: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The kind of document that shows who the seller is. */
  idType: DocumentType | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** When the last decision was made. */
  reviewedAt: Date | null;
  /** The person who decided last; set by the database. */
  reviewedBy: string | null;
  /** The seller, whose onboarding it belongs to. */
  sellerId: string;
  /** The last characters of the tax number, at most four, by which it is recognised. */
  taxIdLastFour: string | null;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.low_stock: Products on sale whose stock is at or below their threshold. */
export interface LowStockRow {
  /** The product. */
  id: string;
  /** Units that can still be sold. */
  inventoryCount: number;
  /** The threshold. */
  lowStockThreshold: number | null;
  /** Its name. */
  name: string;
  /** The seller. */
  sellerId: string;
  /** The merchant's own number of it. */
  sku: string | null;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.message_attachment: A file or a place that a message carries. The bytes are in the object storage or at the provider, never in this database. */
export interface MessageAttachmentRow {
  /** The text below it, at most 64 KiB; a search of messages finds its words as well. */
  caption: string | null;
  /** When it was stored. */
  createdAt: Date;
  /** The provider's id of it, by which it is fetched from there. */
  externalMediaId: string | null;
  /** The name of the file, or of the place. */
  fileName: string | null;
  /** What kind of file it is, or a place. */
  fileType: AttachmentType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Degrees north, of a place. */
  latitude: string | null;
  /** Degrees east, of a place. */
  longitude: string | null;
  /** The message that carries it. */
  messageId: string;
  /** Its media type, such as image/jpeg. */
  mimeType: string | null;
  /** Its place in the message, from 1 to 30. */
  position: number;
  /** SHA-256 digest of its bytes. */
  sha256: Buffer | null;
  /** How many bytes it has. */
  sizeBytes: string | null;
  /** Its key in the merchant's object storage. */
  storageKey: string | null;
  /** The merchant. */
  tenantId: string;
  /** Where it can be read. */
  url: string | null;
}

/** A row of api.message_reaction: Reactions to messages; each person has at most one at a time to a message. */
export interface MessageReactionRow {
  /** The provider's id of the person who gave it. */
  authorExternalId: string;
  /** When it was stored. */
  createdAt: Date;
  /** The emoji; empty once it was removed. */
  emoji: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The message. */
  messageId: string;
  /** When it was last given, changed or removed, by the provider's clock. */
  occurredAt: Date;
  /** The side that it comes from: the customer's or the merchant's. */
  senderType: ReactionSender;
  /** The merchant. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
}

/** A row of api.message_revision: Every text of a message that its sender edited, including the first and the present one. */
export interface MessageRevisionRow {
  /** When it was stored. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty once the sender deleted the message. */
  message: string;
  /** The message. */
  messageId: string;
  /** When the sender wrote it so, by the provider's clock. */
  occurredAt: Date;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.message_template: A text that a provider has approved, or has still to approve, for messages outside the reply window; a row for each language. Kept up to date by the provider's webhooks. */
export interface MessageTemplateRow {
  /** Its text, with the provider's marks for the variables; at most 64 KiB. */
  body: string;
  /** The purpose for which the provider allows it, and by which the provider charges. */
  category: TemplateCategory;
  /** The channel whose provider knows it. */
  channelId: string;
  /** When it was first reported. */
  createdAt: Date;
  /** The provider's id of it. */
  externalTemplateId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of its language. */
  language: string;
  /** The name by which messages refer to it, the same in every language. */
  name: string;
  /** Why the provider rejected, paused or disabled it. */
  rejectionReason: string | null;
  /** What the provider decided; only an approved one is sent. */
  status: TemplateStatus;
  /** When the provider last decided about it, by the provider's clock; NULL: it has reported no decision yet. */
  statusChangedAt: Date | null;
  /** The merchant. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
  /** How many values a message has to fill in, 0 to 100; NULL: not known. */
  variableCount: number | null;
}

/** A row of api.money_allocation: What captured money is for. The rows of a payment add up to what came in with it less what went back; written once and never changed. */
export interface MoneyAllocationRow {
  /** The order, nothing yet (staff decide), the customer's store credit, or the merchant's loss. */
  account: MoneyAccount;
  /** The sum that is added to the account; negative when it is taken from it. */
  amount: string;
  /** Why the account changes. */
  cause: MoneyCause;
  /** When it was written. */
  createdAt: Date;
  /** The person who decided it; NULL for a worker. */
  createdBy: string | null;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order that the money is for, or came from. */
  orderId: string;
  /** The payment with which the money came in. */
  paymentId: string;
  /** What staff noted about it. */
  reason: string | null;
  /** The refund with which it went back. */
  refundId: string | null;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.notification_preferences: What a person wants to be notified of, and by which means; without a row the defaults of the columns apply. */
export interface NotificationPreferencesRow {
  /** When the row was made. */
  createdAt: Date;
  /** Whether the person is notified by e-mail. */
  emailEnabled: boolean;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the person is notified inside the application. */
  inAppEnabled: boolean;
  /** What it is about. */
  notificationType: NotificationType;
  /** Whether the person is notified by push message. */
  pushEnabled: boolean;
  /** Whether the person is notified by SMS. */
  smsEnabled: boolean;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person. */
  userId: string;
  /** Whether the person is notified by WhatsApp. */
  whatsappEnabled: boolean;
}

/** What an insert into api.notification_preferences takes; what is left out has a default. */
export interface NotificationPreferencesInsert {
  /** Whether the person is notified by e-mail. */
  emailEnabled?: boolean;
  /** Whether the person is notified inside the application. */
  inAppEnabled?: boolean;
  /** What it is about. */
  notificationType: NotificationType;
  /** Whether the person is notified by push message. */
  pushEnabled?: boolean;
  /** Whether the person is notified by SMS. */
  smsEnabled?: boolean;
  /** Whether the person is notified by WhatsApp. */
  whatsappEnabled?: boolean;
}

/** What an update of api.notification_preferences takes; it names the version that was read where there is one. */
export interface NotificationPreferencesUpdate {
  /** Whether the person is notified by e-mail. */
  emailEnabled?: boolean;
  /** Whether the person is notified inside the application. */
  inAppEnabled?: boolean;
  /** Whether the person is notified by push message. */
  pushEnabled?: boolean;
  /** Whether the person is notified by SMS. */
  smsEnabled?: boolean;
  /** Whether the person is notified by WhatsApp. */
  whatsappEnabled?: boolean;
}

/** A row of api.onboarding_queue: Onboardings and new documents of approved sellers that wait for a reviewer; the longest wait has the oldest submittedAt. */
export interface OnboardingQueueRow {
  /** The seller's name. */
  businessName: string | null;
  /** The onboarding. */
  id: string;
  /** submitted or in_review; approved where only a new document waits. */
  onboardingStatus: OnboardingStatus;
  /** How many of its documents wait for their review. */
  pendingDocuments: number | null;
  /** The seller. */
  sellerId: string;
  /** How often it was submitted. */
  submissionCount: number;
  /** Since when it waits: the time when it was submitted, or when its newest document was handed in. */
  submittedAt: Date | null;
  /** The merchant. */
  tenantId: string;
  /** The onboarding's version, to name in the review. */
  version: number;
}

/** A row of api.order_address: Where an order is shipped and billed to, copied when it was placed; staff may correct it until the goods leave. */
export interface OrderAddressRow {
  /** Apartment, floor or suite. */
  apartment: string | null;
  /** City. */
  city: string;
  /** ISO 3166 code of two capitals. */
  country: string;
  /** When it was copied. */
  createdAt: Date;
  /** What the buyer asks of the courier. */
  deliveryNote: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What it is for; an order has at most one of each kind. */
  kind: AddressKind;
  /** What the house is near to, where streets have no numbers. */
  landmark: string | null;
  /** Degrees north. */
  latitude: string | null;
  /** Degrees east. */
  longitude: string | null;
  /** The order. */
  orderId: string;
  /** The number that the carrier calls. */
  phoneNumber: string | null;
  /** Postal code. */
  postalCode: string | null;
  /** The person or company that receives the parcel or the invoice. */
  recipientName: string;
  /** The address book row that it was copied from; the copy outlives it. */
  sourceAddressId: string | null;
  /** State, province or region. */
  state: string | null;
  /** Street and house number. */
  streetAddress: string;
  /** The merchant. */
  tenantId: string;
  /** When it was last corrected. */
  updatedAt: Date;
}

/** A row of api.order_adjustment: What staff take off the price of a placed order, or add to it; written once and never changed. */
export interface OrderAdjustmentRow {
  /** The sum that is added to what the order is worth; negative when it lowers the price. */
  amount: string;
  /** When it was made. */
  createdAt: Date;
  /** The person who decided it; NULL for a worker. */
  createdBy: string | null;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** Which part of the price it is about. */
  part: PricePart;
  /** Why it was made. */
  reason: string;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.order_channel_meta: What the channel sent about an order: one row for each order. */
export interface OrderChannelMetaRow {
  /** What the channel sent along, a JSON object of at most 64 KiB. */
  channelData: JsonObject;
  /** The account in which it was placed. */
  channelId: string | null;
  /** The order's kind of channel. */
  channelType: ChannelType;
  /** The message that led to the order. */
  conversationHistoryId: string | null;
  /** When the order was placed. */
  createdAt: Date;
  /** The channel's own id of the cart or order (WhatsApp catalogue, TikTok shop). */
  externalOrderId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** The merchant. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
}

/** A row of api.order_charge: The fees of an order, besides its lines and its shipping: at most one of each kind. */
export interface OrderChargeRow {
  /** The fee, before tax where the order's prices do not include it. */
  amount: string;
  /** When it was added. */
  createdAt: Date;
  /** ISO 4217 code, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What it is for. */
  kind: ChargeKind;
  /** The order. */
  orderId: string;
  /** Tax on the fee, at its taxRate. */
  taxAmount: string;
  /** Tax as a share of the fee: 0.075 is 7.5 %. */
  taxRate: string;
  /** The merchant. */
  tenantId: string;
  /** When it last changed. */
  updatedAt: Date;
}

/** A row of api.order_items: The lines of an order, with price and name as they were agreed; staff may change the quantity until the goods leave. */
export interface OrderItemsRow {
  /** When the line was added. */
  createdAt: Date;
  /** ISO 4217 code, the order's. */
  currencyCode: string;
  /** This line's part of the discount. */
  discountAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Place within the order, from 1. */
  lineNumber: number;
  /** Options that the buyer chose (size, engraving), a JSON object of at most 64 KiB. */
  metadata: JsonObject;
  /** The order. */
  orderId: string;
  /** The product. */
  productId: string;
  /** Name of the product, copied from it. */
  productName: string;
  /** Units ordered; 0 for a line that was taken out after the order was placed. */
  quantity: number;
  /** Units that came back, or were lost on their way. */
  returnedQuantity: number;
  /** Units that have left the shop: shipped, collected or sent. */
  shippedQuantity: number;
  /** Article number of the product, copied from it. */
  sku: string | null;
  /** Quantity times unit price, before discount, and before tax where prices do not include it. */
  subtotal: string;
  /** Tax on the line after its discount, at its taxRate: added to it, or contained in it where the order's prices include tax. */
  taxAmount: string;
  /** Tax as a share of the price, copied from the product: 0.075 is 7.5 %. */
  taxRate: string;
  /** The merchant. */
  tenantId: string;
  /** Price of one unit, copied from the product. */
  unitPrice: string;
  /** When it last changed. */
  updatedAt: Date;
}

/** A row of api.order_return_items: Which lines of an order come back, how many units, and what is paid back for them. */
export interface OrderReturnItemsRow {
  /** Units that staff accepted; NULL until received. */
  acceptedQuantity: number | null;
  /** The state in which they came back. */
  condition: ReturnCondition | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amounts: the return's. */
  currencyCode: string;
  /** The buyer's note. */
  customerNote: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order, the same as the return's and the line's. */
  orderId: string;
  /** The line that was sold. */
  orderItemId: string;
  /** The return. */
  orderReturnId: string;
  /** Units that the buyer sends back. */
  quantity: number;
  /** Why these units come back. */
  reason: ReturnReason;
  /** Price of the accepted units, less their discount, tax included. */
  refundAmount: string;
  /** The tax in it. */
  refundTaxAmount: string;
  /** Accepted units that can be sold again. */
  restockedQuantity: number;
  /** The staff's note; not shown to the buyer. */
  storeNote: string | null;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
}

/** A row of api.order_returns: Requests to send goods of an order back. */
export interface OrderReturnsRow {
  /** When it was approved. */
  approvedAt: Date | null;
  /** The person who approved it; set by the database. */
  approvedBy: string | null;
  /** When it was closed. */
  closedAt: Date | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** The reason in the buyer's words. */
  description: string | null;
  /** The order of the goods that the buyer gets instead; the overpayment of the returned order pays for it. */
  exchangeOrderId: string | null;
  /** The parcel that did not arrive; NULL of goods that the buyer sends back. */
  fulfillmentId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** Why the goods come back. */
  reason: ReturnReason;
  /** What is to be paid back: the part of the returned amount that was paid for the order, and not yet given back, when the goods came. */
  refundAmount: string;
  /** How the money is paid back. */
  refundMethod: RefundMethod | null;
  /** When the money was paid back. */
  refundedAt: Date | null;
  /** When it was rejected. */
  rejectedAt: Date | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** The person who asked for it; set by the database. */
  requestedBy: string | null;
  /** When the goods came back. */
  returnDate: Date | null;
  /** Number for people, without gaps within the merchant. */
  returnNumber: string;
  /** The carrier's number of the parcel that comes back. */
  returnTrackingNumber: string | null;
  /** Price of the goods that came back, tax included: the sum of the lines. */
  returnedAmount: string;
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.order_status_history: Every change of an order's status, paymentStatus and fulfillmentStatus, and what staff corrected of it; written by the database, never changed. */
export interface OrderStatusHistoryRow {
  /** The person who changed it; NULL for a worker. */
  changedBy: string | null;
  /** When it changed. */
  createdAt: Date;
  /** Which of the three changed, or what was corrected: its lines, an address or a tracking number. */
  field: OrderStatusField;
  /** Value before; for lines the total, for tracking the number. NULL when the order was created, and for an address. */
  fromValue: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** Why, where a reason was given. */
  reason: string | null;
  /** The merchant. */
  tenantId: string;
  /** Value after; for lines the total, for an address its kind, for tracking the number, or the carrier where there is none. */
  toValue: string;
}

/** A row of api.orders: Orders of one buyer from one seller; a draft is the open basket of a conversation. */
export interface OrdersRow {
  /** Sum of the adjustments that staff made afterwards; negative when they lower the price. */
  adjustmentAmount: string;
  /** The buyer's e-mail address as it was when the order was placed. */
  buyerEmail: string | null;
  /** The buyer's name as it was when the order was placed. */
  buyerName: string | null;
  /** What the buyer asks for, at most 64 KiB. */
  buyerNote: string | null;
  /** The buyer's phone number as it was when the order was placed. */
  buyerPhone: string | null;
  /** Why it was cancelled. */
  cancellationReason: string | null;
  /** When it was cancelled. */
  cancelledAt: Date | null;
  /** The company that carries the parcel. */
  carrier: string | null;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** When staff confirmed it. */
  confirmedAt: Date | null;
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The customer who buys. */
  customerId: string;
  /** When it reached the buyer. */
  deliveredAt: Date | null;
  /** Sum of the lines' discounts: what discountSum or discountRate and then the discount code take off. */
  discountAmount: string;
  /** What the goods cost when staff gave that sum; from a smaller basket the same share is taken off. */
  discountBasis: string;
  /** The discount code that the buyer entered. */
  discountCode: string | null;
  /** The share of the price that staff took off: 0.1 is 10 %; 0 when they gave a sum, or nothing. */
  discountRate: string;
  /** The sum that staff took off; 0 when they gave a share, or nothing. */
  discountSum: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Sum of the fees (order_charge), before tax where prices do not include it. */
  feeAmount: string;
  /** Sum of the fees' taxes. */
  feeTaxAmount: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is deleted; only drafts and cancelled orders can be. */
  isDeleted: boolean;
  /** Whether it is placed and not yet delivered, cancelled or returned. */
  isOpen: boolean;
  /** Lines of the order. */
  lineCount: string;
  /** When it was placed, or begun while it is a draft; lists are ordered by it. */
  listedAt: Date;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata: OrderMetadata;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** The digits at the end of orderNumber, as a number: sort by it. */
  orderSerial: string | null;
  /** What has been received for it so far. */
  paidAmount: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** Whether its amounts contain the taxes; if not, the taxes are added to them. */
  pricesIncludeTax: boolean;
  /** The product of the first line, for one-product chat orders; set by the database from the lines. */
  productId: string | null;
  /** What has been given back of it: refunds and lost disputes. */
  refundedAmount: string;
  /** Price of the goods that came back, tax included. */
  returnedAmount: string;
  /** When it came back. */
  returnedAt: Date | null;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** When it was given to the carrier. */
  shippedAt: Date | null;
  /** Shipping, charged for the whole order. */
  shippingAmount: string;
  /** Tax on shipping, at its rate. */
  shippingTaxAmount: string;
  /** Tax on shipping as a share of its price, as the shop had it when the basket was begun, refreshed, or given its shipping. */
  shippingTaxRate: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Sum of the lines' subtotals, before discount, and before tax where prices do not include it. */
  subtotalAmount: string;
  /** Sum of the lines' taxes. */
  taxAmount: string;
  /** The merchant. */
  tenantId: string;
  /** The conversation in which it was made. */
  threadId: string | null;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** The carrier's number of the parcel. */
  trackingNumber: string | null;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
  /** What the order is worth now: the total with its adjustments, less what came back; 0 for a draft and once cancelled. */
  worthAmount: string;
}

/** What an update of api.orders takes; it names the version that was read where there is one. */
export interface OrdersUpdate {
  /** Whether it is deleted; only drafts and cancelled orders can be. */
  isDeleted?: boolean;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: OrderMetadata;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.orders_open: Orders that are placed and not yet delivered, cancelled or returned. */
export interface OrdersOpenRow {
  /** The buyer's name as it was when the order was placed. */
  buyerName: string | null;
  /** The buyer's phone number as it was when the order was placed. */
  buyerPhone: string | null;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The customer who buys. */
  customerId: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Lines of the order. */
  lineCount: string;
  /** When it was placed, or begun while it is a draft; lists are ordered by it. */
  listedAt: Date;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** What has been received for it so far. */
  paidAmount: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** The merchant. */
  tenantId: string;
  /** The conversation in which it was made. */
  threadId: string | null;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.payment: Attempts to pay an order; a retry is a new row, and at most one attempt is open. */
export interface PaymentRow {
  /** What is to be paid with it. */
  amount: string;
  /** The largest sum that the provider reserved, in currencyCode. */
  authorizedAmount: string;
  /** When the provider reserved the money. */
  authorizedAt: Date | null;
  /** Since when it is to be cancelled at the provider; NULL once the provider has confirmed. */
  cancelRequestedAt: Date | null;
  /** What was received with it, in currencyCode. */
  capturedAmount: string;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** What the payer's bank disputes at present. */
  disputedAmount: string;
  /** The time after which an open attempt may be given up. */
  expiresAt: Date | null;
  /** The provider's code of a failure. */
  failureCode: string | null;
  /** The provider's message about a failure. */
  failureMessage: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata: JsonObject;
  /** The order. */
  orderId: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** Picture of a bank transfer. */
  proofAssetId: string | null;
  /** Payment provider. */
  provider: string;
  /** The provider's reference of the attempt: an id of its own, or the id of this payment, if that was passed to it. */
  providerReference: string | null;
  /** What has been given back of it: refunds and lost disputes. */
  refundedAmount: string;
  /** The saved means of payment that was used. */
  savedPaymentMethodId: string | null;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** When the money was received. */
  succeededAt: Date | null;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** When a manual payment was verified. */
  verifiedAt: Date | null;
  /** The person who verified a manual payment; set by the database. */
  verifiedBy: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.payment_event: What happened to a payment at the provider or at the till; written once and never changed. */
export interface PaymentEventRow {
  /** How much; negative only where staff correct what was recorded. */
  amount: string;
  /** The report of staff that the provider confirms with this event; the two are one fact, whose amount is counted in the report. */
  confirmsId: string | null;
  /** When it was recorded. */
  createdAt: Date;
  /** The person who recorded it; NULL for a worker. */
  createdBy: string | null;
  /** ISO 4217 code of the amount; it may differ from what was asked for. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What happened. */
  kind: PaymentEventKind;
  /** What staff noted about it. */
  note: string | null;
  /** When it happened, by the provider's clock. */
  occurredAt: Date;
  /** The payment's order. */
  orderId: string;
  /** The payment. */
  paymentId: string;
  /** The provider's id of the event; a repeated report with this id is the same fact. */
  providerEventId: string | null;
  /** The refund that it is about. */
  refundId: string | null;
  /** The source of the report: the provider by a webhook, staff, the shopper, or a job. */
  source: PaymentEventSource;
  /** The merchant. */
  tenantId: string;
}

/** A row of api.permission: What a team member can be allowed to do. */
export interface PermissionRow {
  /** resource.action. */
  code: string;
  /** What it allows. */
  description: string;
}

/** A row of api.products: The catalogue: what a seller offers, at which price, and how many units can still be sold. */
export interface ProductsRow {
  /** Whether more can be ordered than is in stock. */
  allowBackorder: boolean;
  /** The former price to show struck through; always above price. */
  compareAtPrice: string | null;
  /** When it was created. */
  createdAt: Date;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** Full description, at most 64 KiB. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allowBackorder. */
  inventoryCount: number;
  /** Whether it is offered to shoppers. */
  isActive: boolean;
  /** Whether it is deleted; a deleted product can be restored. */
  isDeleted: boolean;
  /** Whether it is on sale and its stock is at or below the threshold. */
  isLowStock: boolean;
  /** Stock at or below this is reported as low; NULL: never. */
  lowStockThreshold: number | null;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata: JsonObject;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Units on the shelf: what can still be sold, and what is reserved; below zero where back-orders were sent before their goods were recorded. */
  onHandCount: number;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  productType: ProductType;
  /** When it was first offered, set by staff. */
  publishedAt: Date | null;
  /** Units that are sold and have not left the shop yet. */
  reservedCount: number;
  /** The seller; an order holds products of one seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription: string | null;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate: string;
  /** The merchant whose catalogue this is. */
  tenantId: string;
  /** Whether orders take from inventoryCount; off for services and downloads. */
  trackInventory: boolean;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
  /** Channels in which it is offered; NULL: in every channel. */
  visibleChannels: ChannelType[] | null;
}

/** What an insert into api.products takes; what is left out has a default. */
export interface ProductsInsert {
  /** Whether more can be ordered than is in stock. */
  allowBackorder?: boolean;
  /** The former price to show struck through; always above price. */
  compareAtPrice?: string | null;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** Full description, at most 64 KiB. */
  description?: string;
  /** Whether it is offered to shoppers. */
  isActive?: boolean;
  /** Stock at or below this is reported as low; NULL: never. */
  lowStockThreshold?: number | null;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  productType?: ProductType;
  /** When it was first offered, set by staff. */
  publishedAt?: Date | string | null;
  /** The seller; an order holds products of one seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription?: string | null;
  /** The merchant's own article number, unique among live products. */
  sku?: string | null;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate?: string;
  /** Whether orders take from inventoryCount; off for services and downloads. */
  trackInventory?: boolean;
  /** Channels in which it is offered; NULL: in every channel. */
  visibleChannels?: ChannelType[] | null;
}

/** What an update of api.products takes; it names the version that was read where there is one. */
export interface ProductsUpdate {
  /** Whether more can be ordered than is in stock. */
  allowBackorder?: boolean;
  /** The former price to show struck through; always above price. */
  compareAtPrice?: string | null;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode?: string;
  /** Full description, at most 64 KiB. */
  description?: string;
  /** Whether it is offered to shoppers. */
  isActive?: boolean;
  /** Whether it is deleted; a deleted product can be restored. */
  isDeleted?: boolean;
  /** Stock at or below this is reported as low; NULL: never. */
  lowStockThreshold?: number | null;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject;
  /** Name shown to shoppers, at most 200 characters. */
  name?: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price?: string;
  /** physical is shipped, digital and service are not. */
  productType?: ProductType;
  /** When it was first offered, set by staff. */
  publishedAt?: Date | string | null;
  /** One or two sentences for lists and chat cards. */
  shortDescription?: string | null;
  /** The merchant's own article number, unique among live products. */
  sku?: string | null;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate?: string;
  /** Whether orders take from inventoryCount; off for services and downloads. */
  trackInventory?: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
  /** Channels in which it is offered; NULL: in every channel. */
  visibleChannels?: ChannelType[] | null;
}

/** A row of api.refund: Refunds: money of a payment that is given back. */
export interface RefundRow {
  /** What is given back. */
  amount: string;
  /** When the provider confirmed it. */
  completedAt: Date | null;
  /** When the row was made. */
  createdAt: Date;
  /** The person who asked for it; set by the database. */
  createdBy: string | null;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it is given back. */
  method: PayoutMethod;
  /** The order that the money was for. */
  orderId: string;
  /** The return that it is for. */
  orderReturnId: string | null;
  /** The part of the price that it gives back; NULL when none was named. */
  part: PricePart | null;
  /** The payment that is given back. */
  paymentId: string;
  /** The provider's id of the refund. */
  providerReference: string | null;
  /** Why it is given back. */
  reason: string | null;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
}

/** A row of api.role_permission: What each team role may do by default; team_members.permissions adds to it. */
export interface RolePermissionRow {
  /** A permission that it has. */
  permissionCode: string;
  /** The team role. */
  role: TeamRole;
}

/** A row of api.sales_by_product: What each product has sold so far, a row for each currency; drafts and cancelled orders do not count. */
export interface SalesByProductRow {
  /** ISO 4217 code of the amounts. */
  currencyCode: string;
  /** Sum of the lines' discounts. */
  discountAmount: string;
  /** Sum of the lines before discount, and before tax where prices do not include it. */
  grossAmount: string;
  /** The product. */
  id: string;
  /** How many orders contain it. */
  orderCount: string;
  /** The merchant. */
  tenantId: string;
  /** How many of them came back. */
  unitsReturned: string;
  /** How many units. */
  unitsSold: string;
}

/** A row of api.saved_payment_method: Means of payment of a buyer, each represented by a token of the provider and never by a card number. */
export interface SavedPaymentMethodRow {
  /** Brand of a card. */
  cardBrand: string | null;
  /** Last four digits of a card. */
  cardLastFour: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** The buyer's own name for it. */
  displayName: string | null;
  /** Month in which a card expires, 1 to 12. */
  expiryMonth: number | null;
  /** Year in which a card expires, four digits. */
  expiryYear: number | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default means of payment. */
  isDefault: boolean;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** When it was last paid with. */
  lastUsedAt: Date | null;
  /** Kind of payment; never cash, nor store credit. */
  paymentType: PaymentType;
  /** Last four digits of a mobile-money number. */
  phoneLastFour: string | null;
  /** Payment provider, such as paystack, mpesa or stripe. */
  provider: string;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The buyer, by users id. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.saved_payment_method takes; it names the version that was read where there is one. */
export interface SavedPaymentMethodUpdate {
  /** The buyer's own name for it. */
  displayName?: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.seller_onboarding: How far a seller's onboarding and verification have come: one row for each seller. */
export interface SellerOnboardingRow {
  /** What the reviewer still needs. */
  additionalInfoRequested: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** The step that the seller is at. */
  currentStep: OnboardingStep | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it or, once it is approved, a new document of it waits for a reviewer. */
  isWaiting: boolean;
  /** State of the onboarding; only its functions change it. */
  onboardingStatus: OnboardingStatus;
  /** How many of its documents wait for their review. */
  pendingDocuments: number;
  /** When it was last rejected. */
  rejectedAt: Date | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** The person who decided last; set by the database. */
  reviewedBy: string | null;
  /** The seller. */
  sellerId: string;
  /** How often it was submitted. */
  submissionCount: number;
  /** When it was last submitted. */
  submittedAt: Date | null;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Whether the seller's identity is verified. */
  verificationStatus: VerificationStatus;
  /** When the seller was verified. */
  verifiedAt: Date | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.seller_profile: Sellers of a merchant: one for a shop, several for a marketplace. */
export interface SellerProfileRow {
  /** What the seller says about the business. */
  bio: string | null;
  /** Name that buyers see. */
  businessName: string;
  /** Legal form of the business. */
  businessType: BusinessType;
  /** When the row was made. */
  createdAt: Date;
  /** E-mail address, stored in lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** Whether the seller passed verification; only the review sets it. */
  isVerified: boolean;
  /** The logo. */
  logoAssetId: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber: string | null;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug: string;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person who sells. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an insert into api.seller_profile takes; what is left out has a default. */
export interface SellerProfileInsert {
  /** What the seller says about the business. */
  bio?: string | null;
  /** Name that buyers see. */
  businessName: string;
  /** Legal form of the business. */
  businessType?: BusinessType;
  /** E-mail address, stored in lower case. */
  email?: string | null;
  /** The logo. */
  logoAssetId?: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug: string;
  /** The person who sells. */
  userId: string;
}

/** What an update of api.seller_profile takes; it names the version that was read where there is one. */
export interface SellerProfileUpdate {
  /** What the seller says about the business. */
  bio?: string | null;
  /** Name that buyers see. */
  businessName?: string;
  /** Legal form of the business. */
  businessType?: BusinessType;
  /** E-mail address, stored in lower case. */
  email?: string | null;
  /** Whether the row was deleted; it can be restored. */
  isDeleted?: boolean;
  /** The logo. */
  logoAssetId?: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug?: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.storefront: The storefront of a merchant; each merchant has one. */
export interface StorefrontRow {
  /** Layout and social links, a JSON object of at most 64 KiB. */
  config: JsonObject;
  /** When the row was made. */
  createdAt: Date;
  /** The merchant's own host name, lower case; unique on the whole platform. */
  customDomain: string | null;
  /** When control of the custom domain was proved. */
  domainVerifiedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether visitors see it. */
  isPublished: boolean;
  /** Description for search engines. */
  metaDescription: string | null;
  /** Title for search engines. */
  metaTitle: string | null;
  /** When it was last published. */
  publishedAt: Date | null;
  /** The person who published it; set by the database. */
  publishedBy: string | null;
  /** The version that visitors see. */
  publishedVersionId: string | null;
  /** The merchant. */
  tenantId: string;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.storefront takes; it names the version that was read where there is one. */
export interface StorefrontUpdate {
  /** Layout and social links, a JSON object of at most 64 KiB. */
  config?: JsonObject;
  /** Description for search engines. */
  metaDescription?: string | null;
  /** Title for search engines. */
  metaTitle?: string | null;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId?: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.storefront_asset: Files of a merchant: pictures, videos and documents. */
export interface StorefrontAssetRow {
  /** Alternative text, for people who cannot see the picture. */
  altText: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** The person who uploaded it; set by the database. */
  createdBy: string | null;
  /** Name that it was uploaded under. */
  fileName: string;
  /** Kind of file. */
  fileType: FileType;
  /** Height in pixels. */
  height: number | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** A buyer's proof of payment: only staff who manage payments may change, publish or delete it. */
  isPaymentProof: boolean;
  /** Whether it is hidden from visitors, as a proof of payment is. */
  isPrivate: boolean;
  /** Media type, such as image/png. */
  mimeType: string | null;
  /** SHA-256 of the content, to find a file that is there already. */
  sha256: Buffer | null;
  /** Size in bytes; counts against the plan's storage. */
  sizeBytes: string | null;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Where it is stored. */
  url: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
  /** Width in pixels. */
  width: number | null;
}

/** What an insert into api.storefront_asset takes; what is left out has a default. */
export interface StorefrontAssetInsert {
  /** Alternative text, for people who cannot see the picture. */
  altText?: string | null;
  /** Name that it was uploaded under. */
  fileName: string;
  /** Kind of file. */
  fileType: FileType;
  /** Height in pixels. */
  height?: number | null;
  /** Whether it is hidden from visitors, as a proof of payment is. */
  isPrivate?: boolean;
  /** Media type, such as image/png. */
  mimeType?: string | null;
  /** SHA-256 of the content, to find a file that is there already. */
  sha256?: Buffer | null;
  /** Size in bytes; counts against the plan's storage. */
  sizeBytes?: string | null;
  /** Where it is stored. */
  url: string;
  /** Width in pixels. */
  width?: number | null;
}

/** What an update of api.storefront_asset takes; it names the version that was read where there is one. */
export interface StorefrontAssetUpdate {
  /** Alternative text, for people who cannot see the picture. */
  altText?: string | null;
  /** Name that it was uploaded under. */
  fileName?: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted?: boolean;
  /** Whether it is hidden from visitors, as a proof of payment is. */
  isPrivate?: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.storefront_banner: Banners of a storefront. */
export interface StorefrontBannerRow {
  /** The picture; NULL for a banner of text. */
  assetId: string | null;
  /** Kind of banner. */
  bannerType: BannerType;
  /** When the row was made. */
  createdAt: Date;
  /** Until when it is shown; NULL: without end. */
  endsAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is shown. */
  isActive: boolean;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** Where it leads. */
  linkUrl: string | null;
  /** BCP 47 tag of the language it is for; NULL: every language. */
  locale: string | null;
  /** Where it is shown. */
  placement: BannerPlacement;
  /** Order within a place: the highest first. */
  priority: number;
  /** From when it is shown; NULL: at once. */
  startsAt: Date | null;
  /** The storefront. */
  storefrontId: string;
  /** More words on it. */
  subtitle: string | null;
  /** The merchant. */
  tenantId: string;
  /** Words on it. */
  title: string | null;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an insert into api.storefront_banner takes; what is left out has a default. */
export interface StorefrontBannerInsert {
  /** The picture; NULL for a banner of text. */
  assetId?: string | null;
  /** Kind of banner. */
  bannerType?: BannerType;
  /** Until when it is shown; NULL: without end. */
  endsAt?: Date | string | null;
  /** Whether it is shown. */
  isActive?: boolean;
  /** Where it leads. */
  linkUrl?: string | null;
  /** BCP 47 tag of the language it is for; NULL: every language. */
  locale?: string | null;
  /** Where it is shown. */
  placement?: BannerPlacement;
  /** Order within a place: the highest first. */
  priority?: number;
  /** From when it is shown; NULL: at once. */
  startsAt?: Date | string | null;
  /** The storefront. */
  storefrontId: string;
  /** More words on it. */
  subtitle?: string | null;
  /** Words on it. */
  title?: string | null;
}

/** What an update of api.storefront_banner takes; it names the version that was read where there is one. */
export interface StorefrontBannerUpdate {
  /** The picture; NULL for a banner of text. */
  assetId?: string | null;
  /** Kind of banner. */
  bannerType?: BannerType;
  /** Until when it is shown; NULL: without end. */
  endsAt?: Date | string | null;
  /** Whether it is shown. */
  isActive?: boolean;
  /** Whether the row was deleted; it can be restored. */
  isDeleted?: boolean;
  /** Where it leads. */
  linkUrl?: string | null;
  /** BCP 47 tag of the language it is for; NULL: every language. */
  locale?: string | null;
  /** Where it is shown. */
  placement?: BannerPlacement;
  /** Order within a place: the highest first. */
  priority?: number;
  /** From when it is shown; NULL: at once. */
  startsAt?: Date | string | null;
  /** More words on it. */
  subtitle?: string | null;
  /** Words on it. */
  title?: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.storefront_drafts: Work in progress on a storefront; there may be several drafts. */
export interface StorefrontDraftsRow {
  /** The published version that it began from. */
  baseVersionId: string | null;
  /** Layout and content, a JSON object of at most 64 KiB. */
  config: JsonObject;
  /** When the row was made. */
  createdAt: Date;
  /** The person who began it; set by the database. */
  createdBy: string | null;
  /** The time after which it may be deleted. */
  expiresAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Name for the staff. */
  name: string | null;
  /** The storefront. */
  storefrontId: string;
  /** The merchant. */
  tenantId: string;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an insert into api.storefront_drafts takes; what is left out has a default. */
export interface StorefrontDraftsInsert {
  /** The published version that it began from. */
  baseVersionId?: string | null;
  /** Layout and content, a JSON object of at most 64 KiB. */
  config?: JsonObject;
  /** The time after which it may be deleted. */
  expiresAt?: Date | string | null;
  /** Name for the staff. */
  name?: string | null;
  /** The storefront. */
  storefrontId: string;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
}

/** What an update of api.storefront_drafts takes; it names the version that was read where there is one. */
export interface StorefrontDraftsUpdate {
  /** Layout and content, a JSON object of at most 64 KiB. */
  config?: JsonObject;
  /** The time after which it may be deleted. */
  expiresAt?: Date | string | null;
  /** Name for the staff. */
  name?: string | null;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId?: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.storefront_theme: Themes of storefronts: the platform's, which everyone may use, and each merchant's own. */
export interface StorefrontThemeRow {
  /** When the row was made. */
  createdAt: Date;
  /** What it looks like. */
  description: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** Whether it is a theme of the platform. */
  isSystem: boolean;
  /** Name, unique among the merchant's live themes. */
  name: string;
  /** The merchant; NULL for a theme of the platform. */
  tenantId: string | null;
  /** Colours, typography, layout and component styles, a JSON object of at most 64 KiB. */
  tokens: JsonObject;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an insert into api.storefront_theme takes; what is left out has a default. */
export interface StorefrontThemeInsert {
  /** What it looks like. */
  description?: string | null;
  /** Name, unique among the merchant's live themes. */
  name: string;
  /** Colours, typography, layout and component styles, a JSON object of at most 64 KiB. */
  tokens?: JsonObject;
}

/** What an update of api.storefront_theme takes; it names the version that was read where there is one. */
export interface StorefrontThemeUpdate {
  /** What it looks like. */
  description?: string | null;
  /** Whether the row was deleted; it can be restored. */
  isDeleted?: boolean;
  /** Name, unique among the merchant's live themes. */
  name?: string;
  /** Colours, typography, layout and component styles, a JSON object of at most 64 KiB. */
  tokens?: JsonObject;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.storefront_versions: Published snapshots of a storefront; never changed. */
export interface StorefrontVersionsRow {
  /** What is new in it. */
  changeSummary: string | null;
  /** When it was published. */
  createdAt: Date;
  /** The person who published it; set by the database. */
  createdBy: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was published, a JSON object of at most 64 KiB. */
  snapshot: JsonObject;
  /** The storefront. */
  storefrontId: string;
  /** The merchant. */
  tenantId: string;
  /** The theme it was published with. */
  themeId: string;
  /** Number of the version, from 1. */
  versionNumber: number;
}

/** A row of api.subscription_plan: Subscription plans and their limits; NULL means unlimited. */
export interface SubscriptionPlanRow {
  /** The name of the plan, as in tenant.subscriptionTier. */
  code: string;
  /** When the row was made. */
  createdAt: Date;
  /** Feature switches, a JSON object of at most 64 KiB. */
  features: JsonObject;
  /** Whether merchants may choose it. */
  isActive: boolean;
  /** Maximum number of connected channels. */
  maxChannels: number | null;
  /** Maximum number of messages sent in a calendar month. */
  maxMessagesPerMonth: number | null;
  /** Maximum number of orders placed in a calendar month. */
  maxOrdersPerMonth: number | null;
  /** Maximum number of live products. */
  maxProducts: number | null;
  /** Maximum number of bytes of stored files. */
  maxStorageBytes: string | null;
  /** Maximum number of active team members. */
  maxTeamMembers: number | null;
  /** Name shown to merchants. */
  name: string;
  /** When the row last changed. */
  updatedAt: Date;
}

/** A row of api.team_invites: Invitations to a merchant's team; the token itself is shown once and never stored. */
export interface TeamInvitesRow {
  /** The person who accepted. */
  acceptedBy: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** The person who invites; set by the database. */
  createdBy: string;
  /** The e-mail address of the invited person, in lower case. */
  email: string | null;
  /** The time after which it can no longer be accepted. */
  expiresAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The message that the inviting person added. */
  message: string | null;
  /** Permission codes offered beyond those of the role, at most 100. */
  permissions: string[];
  /** The telephone number of the invited person, for WhatsApp or SMS, in E.164 form. */
  phoneNumber: string | null;
  /** How often it was sent again. */
  resentCount: number;
  /** When it was accepted or declined. */
  respondedAt: Date | null;
  /** The team role that is offered; never owner. */
  role: Role;
  /** State of the invitation. */
  status: InviteStatus;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
}

/** A row of api.team_members: The staff of a merchant; an active merchant keeps at least one active owner. */
export interface TeamMembersRow {
  /** When the row was made. */
  createdAt: Date;
  /** When the person was deactivated. */
  deactivatedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The person who sent the invitation; set by the database. */
  invitedBy: string | null;
  /** Whether the person works for the merchant now. */
  isActive: boolean;
  /** When the person joined. */
  joinedAt: Date;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** What the person may do by default. */
  role: TeamRole;
  /** The merchant. */
  tenantId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.tenant: Merchants; each merchant sees only its own row and its own data. */
export interface TenantRow {
  /** When it was closed for good. */
  closedAt: Date | null;
  /** ISO 3166-1 alpha-2 code of the country it trades from. */
  countryCode: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code that new products and orders start with. */
  defaultCurrency: string;
  /** BCP 47 tag of the language it writes in. */
  defaultLanguage: string;
  /** Host name of its storefront on the platform, lower case; unique on the whole platform. */
  domain: string;
  /** Where the platform reaches it, lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** While it is false, no session of the merchant can be opened. */
  isActive: boolean;
  /** Name shown to buyers. */
  name: string;
  /** Where the platform reaches it, in E.164 form. */
  phoneNumber: string | null;
  /** Whether the prices of the shop contain the tax; if not, the tax is added to them. An order keeps the setting of the time when its basket was begun or last refreshed. */
  pricesIncludeTax: boolean;
  /** Flexible preferences, a JSON object of at most 64 KiB. With tellShoppersStock: true, a refused order reports to a shopper how many units there are. */
  settings: JsonObject;
  /** Tax on shipping as a share of its price: 0.075 is 7.5 %. */
  shippingTaxRate: string;
  /** The stage that the merchant is in; only the platform changes it. */
  status: TenantStatus;
  /** Its subscription plan, which sets its limits. */
  subscriptionTier: string;
  /** When the platform suspended it. */
  suspendedAt: Date | null;
  /** IANA name of its time zone, which decides where the days of reports begin and end. */
  timezone: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.tenant takes; it names the version that was read where there is one. */
export interface TenantUpdate {
  /** ISO 3166-1 alpha-2 code of the country it trades from. */
  countryCode?: string | null;
  /** ISO 4217 code that new products and orders start with. */
  defaultCurrency?: string;
  /** BCP 47 tag of the language it writes in. */
  defaultLanguage?: string;
  /** Where the platform reaches it, lower case. */
  email?: string | null;
  /** Name shown to buyers. */
  name?: string;
  /** Where the platform reaches it, in E.164 form. */
  phoneNumber?: string | null;
  /** Whether the prices of the shop contain the tax; if not, the tax is added to them. An order keeps the setting of the time when its basket was begun or last refreshed. */
  pricesIncludeTax?: boolean;
  /** Flexible preferences, a JSON object of at most 64 KiB. With tellShoppersStock: true, a refused order reports to a shopper how many units there are. */
  settings?: JsonObject;
  /** Tax on shipping as a share of its price: 0.075 is 7.5 %. */
  shippingTaxRate?: string;
  /** IANA name of its time zone, which decides where the days of reports begin and end. */
  timezone?: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.users: The people whom a merchant knows: staff, sellers and buyers. There are no passwords here; the identity provider keeps them. */
export interface UsersRow {
  /** Subject claim of the identity provider; NULL for a person without a login. */
  authSubject: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** Name shown to others. */
  displayName: string | null;
  /** E-mail address, stored in lower case; NULL for a guest of a chat. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the row was deleted; it can be restored. */
  isDeleted: boolean;
  /** Whether the person has a live seller profile; maintained by the database. */
  isSeller: boolean;
  /** Whether the person administers the platform. */
  isSystemAdmin: boolean;
  /** When the person last acted. */
  lastSeenAt: Date | null;
  /** BCP 47 tag of the person's language. */
  locale: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber: string | null;
  /** The merchant; NULL only for system administrators. */
  tenantId: string | null;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** What an update of api.users takes; it names the version that was read where there is one. */
export interface UsersUpdate {
  /** Name shown to others. */
  displayName?: string | null;
  /** BCP 47 tag of the person's language. */
  locale?: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/** A row of api.violations: Violations of the rules and their consequences. */
export interface ViolationsRow {
  /** The consequence for the person. */
  action: ViolationAction;
  /** The complaint that led to it. */
  complaintId: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  details: JsonObject;
  /** Until when its action applies; NULL: without end. */
  endAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The person who issued it; set by the database. */
  issuedBy: string | null;
  /** Why it was issued. */
  reason: string;
  /** When it was lifted or ran out. */
  resolvedAt: Date | null;
  /** How grave it is. */
  severity: ViolationSeverity;
  /** From when its action applies. */
  startAt: Date;
  /** Its state; only its functions change it. */
  status: ViolationStatus;
  /** The merchant. */
  tenantId: string;
  /** The kind of rule that was broken. */
  type: ViolationType;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person who broke the rules. */
  userId: string;
}

/** Every view of schema api, with what is read of it and what may be written; `object` is nothing. */
export interface CommerceViews {
  addressBook: { row: AddressBookRow; insert: object; update: AddressBookUpdate };
  buyerProfile: { row: BuyerProfileRow; insert: object; update: BuyerProfileUpdate };
  channel: { row: ChannelRow; insert: object; update: ChannelUpdate };
  complaints: { row: ComplaintsRow; insert: object; update: object };
  conversationEvent: { row: ConversationEventRow; insert: object; update: object };
  conversationHistory: { row: ConversationHistoryRow; insert: object; update: object };
  conversationInbox: { row: ConversationInboxRow; insert: object; update: object };
  conversationThread: { row: ConversationThreadRow; insert: object; update: ConversationThreadUpdate };
  currency: { row: CurrencyRow; insert: object; update: object };
  customer: { row: CustomerRow; insert: CustomerInsert; update: CustomerUpdate };
  customerCredit: { row: CustomerCreditRow; insert: object; update: object };
  customerIdentity: { row: CustomerIdentityRow; insert: object; update: object };
  customerValue: { row: CustomerValueRow; insert: object; update: object };
  discount: { row: DiscountRow; insert: DiscountInsert; update: DiscountUpdate };
  fulfillment: { row: FulfillmentRow; insert: object; update: object };
  fulfillmentItem: { row: FulfillmentItemRow; insert: object; update: object };
  inboundEvent: { row: InboundEventRow; insert: object; update: object };
  inventoryMovement: { row: InventoryMovementRow; insert: object; update: object };
  kycDocument: { row: KycDocumentRow; insert: object; update: object };
  kycInfo: { row: KycInfoRow; insert: object; update: object };
  lowStock: { row: LowStockRow; insert: object; update: object };
  messageAttachment: { row: MessageAttachmentRow; insert: object; update: object };
  messageReaction: { row: MessageReactionRow; insert: object; update: object };
  messageRevision: { row: MessageRevisionRow; insert: object; update: object };
  messageTemplate: { row: MessageTemplateRow; insert: object; update: object };
  moneyAllocation: { row: MoneyAllocationRow; insert: object; update: object };
  notificationPreferences: { row: NotificationPreferencesRow; insert: NotificationPreferencesInsert; update: NotificationPreferencesUpdate };
  onboardingQueue: { row: OnboardingQueueRow; insert: object; update: object };
  orderAddress: { row: OrderAddressRow; insert: object; update: object };
  orderAdjustment: { row: OrderAdjustmentRow; insert: object; update: object };
  orderChannelMeta: { row: OrderChannelMetaRow; insert: object; update: object };
  orderCharge: { row: OrderChargeRow; insert: object; update: object };
  orderItems: { row: OrderItemsRow; insert: object; update: object };
  orderReturnItems: { row: OrderReturnItemsRow; insert: object; update: object };
  orderReturns: { row: OrderReturnsRow; insert: object; update: object };
  orderStatusHistory: { row: OrderStatusHistoryRow; insert: object; update: object };
  orders: { row: OrdersRow; insert: object; update: OrdersUpdate };
  ordersOpen: { row: OrdersOpenRow; insert: object; update: object };
  payment: { row: PaymentRow; insert: object; update: object };
  paymentEvent: { row: PaymentEventRow; insert: object; update: object };
  permission: { row: PermissionRow; insert: object; update: object };
  products: { row: ProductsRow; insert: ProductsInsert; update: ProductsUpdate };
  refund: { row: RefundRow; insert: object; update: object };
  rolePermission: { row: RolePermissionRow; insert: object; update: object };
  salesByProduct: { row: SalesByProductRow; insert: object; update: object };
  savedPaymentMethod: { row: SavedPaymentMethodRow; insert: object; update: SavedPaymentMethodUpdate };
  sellerOnboarding: { row: SellerOnboardingRow; insert: object; update: object };
  sellerProfile: { row: SellerProfileRow; insert: SellerProfileInsert; update: SellerProfileUpdate };
  storefront: { row: StorefrontRow; insert: object; update: StorefrontUpdate };
  storefrontAsset: { row: StorefrontAssetRow; insert: StorefrontAssetInsert; update: StorefrontAssetUpdate };
  storefrontBanner: { row: StorefrontBannerRow; insert: StorefrontBannerInsert; update: StorefrontBannerUpdate };
  storefrontDrafts: { row: StorefrontDraftsRow; insert: StorefrontDraftsInsert; update: StorefrontDraftsUpdate };
  storefrontTheme: { row: StorefrontThemeRow; insert: StorefrontThemeInsert; update: StorefrontThemeUpdate };
  storefrontVersions: { row: StorefrontVersionsRow; insert: object; update: object };
  subscriptionPlan: { row: SubscriptionPlanRow; insert: object; update: object };
  teamInvites: { row: TeamInvitesRow; insert: object; update: object };
  teamMembers: { row: TeamMembersRow; insert: object; update: object };
  tenant: { row: TenantRow; insert: object; update: TenantUpdate };
  users: { row: UsersRow; insert: object; update: UsersUpdate };
  violations: { row: ViolationsRow; insert: object; update: object };
}
