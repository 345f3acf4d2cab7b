import type {
  AddressKind,
  AttachmentType,
  ChannelType,
  ProductType,
  ReactionSender,
  ReturnCondition,
  ReturnReason,
} from './closed-sets.ts';

/** Any JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSONB column whose keys are the application's own. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** `orders.metadata`: what setOrderCharges keeps, beside the merchant's own keys. */
export type OrderMetadata = JsonObject & { readonly chargesReason?: string };

/** `conversation_event.metadata` of a note. */
export type ThreadNote = JsonObject & { readonly note: string };

/** A file or a place of a message: where it is stands in `url`, `storageKey`, `externalMediaId` or the degrees. */
export type MessageAttachment = {
  fileType: AttachmentType;
  url?: string | null;
  /** Its key in the merchant's object storage. */
  storageKey?: string | null;
  /** The provider's id of it. */
  externalMediaId?: string | null;
  mimeType?: string | null;
  fileName?: string | null;
  /** The words under it. */
  caption?: string | null;
  sizeBytes?: number | null;
  /** In hexadecimal digits; of a stored one it is not shown. */
  sha256?: string | null;
  /** Degrees north. */
  latitude?: number | null;
  /** Degrees east. */
  longitude?: number | null;
};

/** What a shopper or visitor attaches: a file that `requestUpload` granted, or a place. */
export type OwnAttachment =
  | { storageKey: string; caption?: string }
  | { latitude: number; longitude: number; fileName?: string; caption?: string };

/** What somebody thinks of a message. */
export type MessageReaction = {
  emoji: string;
  senderType: ReactionSender;
  /** Staff see it. */
  authorExternalId?: string;
};

/** The values of some or all columns of a row. */
export type RowValues = { readonly [column: string]: Json };

/** A line to order. */
export type NewOrderLine = {
  productId: string;
  /** Units, from 1. */
  quantity: number;
  /** Options such as size and colour. */
  metadata?: JsonObject | null;
  /** The price of one unit that the buyer was shown; if it is another by now, the order is refused. */
  unitPrice?: string | null;
  /** The tax rate that the buyer was shown. */
  taxRate?: string | null;
};

/** What orders cost in all in one currency, as the buyer has read it; if it is another by now, they are refused. */
export type OrderTotal = {
  currencyCode: string;
  totalAmount: string;
};

/** A line of a placed order that gets another quantity. */
export type CorrectedLine = {
  orderItemId: string;
  /** Units, from 0: none takes the line out. */
  quantity: number;
};

/** Units of a line that go into a parcel. */
export type PackedLine = {
  orderItemId: string;
  /** Units, from 1. */
  quantity: number;
};

/** What goes back on the shelf of a parcel that did not arrive. */
export type RestockedLine = {
  orderItemId: string;
  /** Units, from 0. */
  restockedQuantity: number;
  condition?: ReturnCondition | null;
  note?: string | null;
};

/** An address to copy into an order. */
export type NewOrderAddress = {
  kind: AddressKind;
  recipientName: string;
  streetAddress: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  apartment?: string | null;
  landmark?: string | null;
  state?: string | null;
  postalCode?: string | null;
  deliveryNote?: string | null;
  /** E.164. */
  phoneNumber?: string | null;
  /** Degrees north. */
  latitude?: number | null;
  /** Degrees east. */
  longitude?: number | null;
  /** The entry of the buyer's address book that this is a copy of. */
  sourceAddressId?: string | null;
};

/** A line to send back. */
export type NewReturnLine = {
  orderItemId: string;
  /** Units, from 1. */
  quantity: number;
  reason: ReturnReason;
  note?: string | null;
};

/** What has arrived of a line that was sent back. */
export type ReceivedReturnLine = {
  orderItemId: string;
  /** Units, from 0. */
  acceptedQuantity: number;
  /** How many of the accepted units go back on sale; none unless said. */
  restockedQuantity?: number | null;
  condition?: ReturnCondition | null;
  note?: string | null;
};

/** A product to add; what is left out takes the column's default. */
export type NewProduct = {
  sellerId: string;
  name: string;
  /** Of one unit before tax, in currencyCode. */
  price: string;
  /** ISO 4217. */
  currencyCode: string;
  description?: string | null;
  shortDescription?: string | null;
  sku?: string | null;
  productType?: ProductType | null;
  /** The former price to show struck through; above price. */
  compareAtPrice?: string | null;
  /** Share of the price: 0.075 is 7.5 %. */
  taxRate?: string | null;
  /** Whether orders take from its stock; true unless said. */
  trackInventory?: boolean | null;
  /** Whether more can be ordered than is in stock; false unless said. */
  allowBackorder?: boolean | null;
  /** Stock at or below this is reported as low; never unless said. */
  lowStockThreshold?: number | null;
  /** Whether it is offered to shoppers; true unless said. */
  isActive?: boolean | null;
  /** The channels it is offered in; all of them unless said. */
  visibleChannels?: readonly ChannelType[] | null;
  metadata?: JsonObject | null;
};

/** A product to make or change by its sku; what is left out stays, a new one needs name and price. */
export type ProductImport = Partial<Omit<NewProduct, 'sellerId' | 'sku'>> & {
  sku: string;
  /** What the stock is now. */
  inventoryCount?: number | null;
};
