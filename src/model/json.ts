import type { AddressKind, ChannelType, ProductType, ReturnCondition, ReturnReason } from './closed-sets.ts';

/** Any JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSONB column whose keys are the application's own. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** `orders.metadata`: what set_order_charges keeps, beside the merchant's own keys. */
export type OrderMetadata = JsonObject & { readonly charges_reason?: string };

/** `payment.metadata`: the amount that arrived when it was another than the payment's. */
export type PaymentMetadata = JsonObject & { readonly amount_received?: number };

/** `conversation_event.metadata` of a note. */
export type ThreadNote = JsonObject & { readonly note: string };

/** A line to order. */
export type NewOrderLine = {
  product_id: string;
  /** Units, from 1. */
  quantity: number;
  /** Options such as size and colour. */
  metadata?: JsonObject | null;
};

/** An address to copy into an order. */
export type NewOrderAddress = {
  kind: AddressKind;
  recipient_name: string;
  street_address: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  apartment?: string | null;
  landmark?: string | null;
  state?: string | null;
  postal_code?: string | null;
  /** E.164. */
  phone_number?: string | null;
  /** Degrees north. */
  latitude?: number | null;
  /** Degrees east. */
  longitude?: number | null;
  /** The entry of the buyer's address book that this is a copy of. */
  source_address_id?: string | null;
};

/** A line to send back. */
export type NewReturnLine = {
  order_item_id: string;
  /** Units, from 1. */
  quantity: number;
  reason: ReturnReason;
  note?: string | null;
};

/** What has arrived of a line that was sent back. */
export type ReceivedReturnLine = {
  order_item_id: string;
  /** Units, from 0. */
  accepted_quantity: number;
  /** How many of the accepted units go back on sale; none unless said. */
  restocked_quantity?: number | null;
  condition?: ReturnCondition | null;
  note?: string | null;
};

/** A product to add; what is left out takes the column's default. */
export type NewProduct = {
  seller_id: string;
  name: string;
  /** Of one unit before tax, in currency_code. */
  price: string;
  /** ISO 4217. */
  currency_code: string;
  description?: string | null;
  short_description?: string | null;
  sku?: string | null;
  product_type?: ProductType | null;
  /** The former price to show struck through; above price. */
  compare_at_price?: string | null;
  /** Share of the price: 0.075 is 7.5 %. */
  tax_rate?: string | null;
  /** Whether orders take from its stock; true unless said. */
  track_inventory?: boolean | null;
  /** Whether more can be ordered than is in stock; false unless said. */
  allow_backorder?: boolean | null;
  /** Stock at or below this is reported as low; never unless said. */
  low_stock_threshold?: number | null;
  /** Whether it is offered to shoppers; true unless said. */
  is_active?: boolean | null;
  /** The channels it is offered in; all of them unless said. */
  visible_channels?: readonly ChannelType[] | null;
  metadata?: JsonObject | null;
};

/** A product to make or change by its sku; what is left out stays, a new one needs name and price. */
export type ProductImport = Partial<Omit<NewProduct, 'seller_id' | 'sku'>> & {
  sku: string;
  /** What the stock is now. */
  inventory_count?: number | null;
};
