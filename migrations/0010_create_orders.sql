-- Orders: the basket of a conversation while it is a draft, the contract once it is placed.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.discount (
  id uuid constraint discount_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_id uuid,
  product_id uuid,
  currency_code text,
  amount numeric,
  rate numeric(6,4),
  minimum_amount numeric,
  max_uses integer,
  max_uses_per_customer integer,
  used_count integer not null default 0,
  is_active boolean not null default true,
  starts_at timestamptz,
  ends_at timestamptz,
  code text not null,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint discount_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint discount_seller_id_fkey foreign key (tenant_id, seller_id)
    references commerce.seller_profile (tenant_id, id) on delete restrict,
  constraint discount_product_id_fkey foreign key (tenant_id, product_id)
    references commerce.products (tenant_id, id) on delete restrict,
  constraint discount_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint discount_is_sum_or_rate check ((amount is null) <> (rate is null)),
  constraint discount_amounts_have_currency check (
    currency_code is not null or (amount is null and minimum_amount is null)
  ),
  constraint discount_amount_positive check (amount > 0),
  constraint discount_rate_is_share check (rate > 0 and rate <= 1),
  constraint discount_minimum_amount_not_negative check (minimum_amount >= 0),
  constraint discount_max_uses_not_negative check (max_uses >= 0),
  constraint discount_max_uses_per_customer_not_negative check (max_uses_per_customer >= 0),
  constraint discount_used_count_not_negative check (used_count >= 0),
  constraint discount_ends_after_start check (ends_at > starts_at),
  constraint discount_code_form check (code ~ '^[A-Z0-9][A-Z0-9_-]{1,39}$'),
  constraint discount_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index discount_deleted_at_idx on commerce.discount (tenant_id, deleted_at) where is_deleted;
create index discount_tenant_id_seller_id_idx on commerce.discount (tenant_id, seller_id);
create index discount_tenant_id_product_id_idx on commerce.discount (tenant_id, product_id);
-- This includes deleted discounts, so that a code always has the same meaning.
alter table commerce.discount
  add constraint discount_tenant_id_code_key unique (tenant_id, code);
create unique index discount_tenant_id_id_key on commerce.discount (tenant_id, id);
alter table commerce.discount replica identity using index discount_tenant_id_id_key;

comment on table commerce.discount is 'A discount that a buyer gets by entering a code: a sum or a share of the price, within limits. Its terms never change; the time in which it is valid and the number of its uses may.';
comment on column commerce.discount.id is 'Identifier, ordered by time of creation.';
comment on column commerce.discount.tenant_id is 'The merchant.';
comment on column commerce.discount.seller_id is 'The only seller whose orders take it; NULL for all.';
comment on column commerce.discount.product_id is 'The only product whose price it reduces; NULL for the whole order.';
comment on column commerce.discount.currency_code is 'ISO 4217 code of its amounts, and of the orders that take it; NULL for all.';
comment on column commerce.discount.amount is 'The sum that it takes off, at most what the goods cost; NULL where there is a rate.';
comment on column commerce.discount.rate is 'The share of the price that it takes off: 0.1 is 10 %; NULL where there is an amount.';
comment on column commerce.discount.minimum_amount is 'What the goods of the order must cost at least, before discounts.';
comment on column commerce.discount.max_uses is 'How many orders may take it; NULL for any number.';
comment on column commerce.discount.max_uses_per_customer is 'How many orders of one customer may take it; NULL for any number.';
comment on column commerce.discount.used_count is 'How many placed orders have taken it; a cancelled order gives its use back.';
comment on column commerce.discount.is_active is 'While it is false, no order may take it.';
comment on column commerce.discount.starts_at is 'From when orders may be placed with it.';
comment on column commerce.discount.ends_at is 'Until when orders may be placed with it.';
comment on column commerce.discount.code is 'What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant.';
comment on column commerce.discount.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.discount.is_deleted is 'Whether it is deleted.';
comment on column commerce.discount.deleted_at is 'When it was deleted; NULL while it is live.';
comment on column commerce.discount.created_at is 'When it was added.';
comment on column commerce.discount.updated_at is 'When it last changed.';

create table commerce.orders (
  id uuid constraint orders_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  product_id uuid,
  seller_id uuid not null,
  customer_id uuid not null,
  thread_id uuid,
  currency_code text not null,
  subtotal_amount numeric not null default 0,
  discount_amount numeric not null default 0,
  shipping_amount numeric not null default 0,
  fee_amount numeric not null default 0,
  tax_amount numeric not null default 0,
  shipping_tax_rate numeric(6,4) not null default 0,
  shipping_tax_amount numeric not null default 0,
  fee_tax_amount numeric not null default 0,
  prices_include_tax boolean not null default false,
  total_amount numeric not null
    generated always as (
      subtotal_amount - discount_amount + shipping_amount + fee_amount
        + case when prices_include_tax then 0 * tax_amount else tax_amount + shipping_tax_amount + fee_tax_amount end
    ) stored,
  adjustment_amount numeric not null default 0,
  returned_amount numeric not null default 0,
  discount_sum numeric not null default 0,
  discount_basis numeric not null default 0,
  discount_rate numeric(6,4) not null default 0,
  worth_amount numeric not null generated always as (
    case
      when status in ('draft', 'cancelled') then 0 * subtotal_amount
      else greatest(
        subtotal_amount - discount_amount + shipping_amount + fee_amount
          + case when prices_include_tax then 0 * tax_amount else tax_amount + shipping_tax_amount + fee_tax_amount end
          + adjustment_amount - returned_amount,
        0 * subtotal_amount)
    end
  ) stored,
  paid_amount numeric not null default 0,
  refunded_amount numeric not null default 0,
  due_amount numeric not null generated always as (
    case
      when status in ('draft', 'cancelled') then 0 * subtotal_amount
      else greatest(
        subtotal_amount - discount_amount + shipping_amount + fee_amount
          + case when prices_include_tax then 0 * tax_amount else tax_amount + shipping_tax_amount + fee_tax_amount end
          + adjustment_amount - returned_amount,
        0 * subtotal_amount)
    end - paid_amount + refunded_amount
  ) stored,
  placed_at timestamptz,
  confirmed_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  returned_at timestamptz,
  order_number text,
  discount_code text,
  order_serial bigint generated always as (substring(order_number from '[0-9]{1,18}$')::bigint) stored,
  channel text not null,
  status text not null default 'draft',
  payment_status text not null default 'unpaid',
  fulfillment_status text not null default 'unfulfilled',
  buyer_name text,
  buyer_phone text,
  buyer_email text,
  buyer_note text,
  carrier text,
  tracking_number text,
  cancellation_reason text,
  metadata jsonb not null default '{}',
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  listed_at timestamptz not null generated always as (coalesce(placed_at, created_at)) stored,
  updated_at timestamptz not null default now(),
  constraint orders_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint orders_product_id_fkey foreign key (tenant_id, product_id)
    references commerce.products (tenant_id, id) on delete restrict,
  constraint orders_seller_id_fkey foreign key (tenant_id, seller_id)
    references commerce.seller_profile (tenant_id, id) on delete restrict,
  constraint orders_customer_id_fkey foreign key (tenant_id, customer_id)
    references commerce.buyer_profile (tenant_id, id) on delete restrict,
  constraint orders_thread_id_fkey foreign key (tenant_id, thread_id)
    references commerce.conversation_thread (tenant_id, id) on delete restrict,
  constraint orders_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint orders_discount_code_fkey foreign key (tenant_id, discount_code)
    references commerce.discount (tenant_id, code) on delete restrict,
  constraint orders_total_amount_range check (total_amount < 1e15),
  constraint orders_worth_amount_range check (worth_amount < 1e15),
  constraint orders_due_amount_range check (due_amount > -1e15 and due_amount < 1e15),
  constraint orders_subtotal_amount_not_negative check (subtotal_amount >= 0),
  constraint orders_discount_amount_within_subtotal check (
    discount_amount >= 0 and discount_amount <= subtotal_amount
  ),
  constraint orders_shipping_amount_not_negative check (shipping_amount >= 0),
  constraint orders_tax_amount_not_negative check (tax_amount >= 0),
  constraint orders_fee_amount_not_negative check (fee_amount >= 0),
  constraint orders_shipping_tax_rate_is_share check (shipping_tax_rate >= 0 and shipping_tax_rate < 1),
  constraint orders_shipping_tax_amount_not_negative check (shipping_tax_amount >= 0),
  constraint orders_fee_tax_amount_not_negative check (fee_tax_amount >= 0),
  constraint orders_paid_amount_not_negative check (paid_amount >= 0),
  constraint orders_refunded_amount_not_negative check (refunded_amount >= 0),
  constraint orders_returned_amount_not_negative check (returned_amount >= 0),
  constraint orders_discount_sum_within_basis check (discount_sum >= 0 and discount_sum <= discount_basis),
  constraint orders_discount_rate_is_share check (discount_rate >= 0 and discount_rate <= 1),
  constraint orders_discount_is_sum_or_rate check (discount_sum = 0 or discount_rate = 0),
  constraint orders_order_number_length check (length(order_number) <= 255),
  constraint orders_channel_set check (
    channel in (
      'whatsapp', 'instagram', 'facebook_messenger', 'telegram', 'tiktok', 'sms', 'email', 'web_chat',
      'storefront', 'phone', 'in_person', 'api'
    )
  ),
  constraint orders_status_set check (
    status in ('draft', 'pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'returned')
  ),
  constraint orders_payment_status_set check (
    payment_status in (
      'unpaid', 'pending', 'partially_authorized', 'authorized', 'partially_paid', 'paid', 'overpaid',
      'partially_refunded', 'refunded', 'disputed', 'failed'
    )
  ),
  constraint orders_fulfillment_status_set check (
    fulfillment_status in ('unfulfilled', 'partially_fulfilled', 'fulfilled', 'delivered')
  ),
  constraint orders_placed_has_number check (
    status in ('draft', 'cancelled') or (order_number is not null and placed_at is not null)
  ),
  constraint orders_cancelled_has_time check ((status = 'cancelled') = (cancelled_at is not null)),
  constraint orders_buyer_name_length check (length(buyer_name) <= 200 and not internal.is_blank(buyer_name)),
  constraint orders_buyer_phone_length check (length(buyer_phone) <= 255),
  constraint orders_buyer_email_length check (length(buyer_email) <= 255),
  constraint orders_buyer_note_size check (octet_length(buyer_note) <= 65536),
  constraint orders_carrier_length check (length(carrier) <= 200),
  constraint orders_tracking_number_length check (length(tracking_number) <= 255),
  constraint orders_cancellation_reason_size check (octet_length(cancellation_reason) <= 65536),
  constraint orders_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint orders_metadata_size check (octet_length(metadata::text) <= 65536),
  constraint orders_deleted_has_time check (is_deleted = (deleted_at is not null)),
  constraint orders_deleted_never_sold check (not is_deleted or status in ('draft', 'cancelled'))
);

create index orders_deleted_at_idx on commerce.orders (tenant_id, deleted_at) where is_deleted;
-- The orders of a code, of which there may be many, in the order of a list.
create index orders_tenant_id_discount_code_id_idx
  on commerce.orders (tenant_id, discount_code, id) where discount_code is not null;
-- How often each customer has used a code. It stands before the indexes of a customer, because of two that cost the same
-- the planner takes the later one.
create index orders_tenant_id_discount_code_customer_id_idx
  on commerce.orders (tenant_id, discount_code, customer_id);
-- Lists begin with the latest order, whichever filter they have; a search for words uses the trigram index.
create index orders_tenant_id_listed_at_id_idx
  on commerce.orders (tenant_id, listed_at desc, id desc) where not is_deleted;
create index orders_tenant_id_status_listed_at_id_idx
  on commerce.orders (tenant_id, status, listed_at desc, id desc) where not is_deleted;
create index orders_tenant_id_payment_status_listed_at_id_idx
  on commerce.orders (tenant_id, payment_status, listed_at desc, id desc) where not is_deleted;
create index orders_tenant_id_customer_id_listed_at_id_idx
  on commerce.orders (tenant_id, customer_id, listed_at desc, id desc);
create index orders_tenant_id_seller_id_listed_at_id_idx
  on commerce.orders (tenant_id, seller_id, listed_at desc, id desc);
create index orders_tenant_id_channel_listed_at_id_idx
  on commerce.orders (tenant_id, channel, listed_at desc, id desc) where not is_deleted;
create index orders_tenant_id_placed_at_idx on commerce.orders (tenant_id, placed_at) where placed_at is not null;
-- One text of three columns, so that the planner can estimate how many orders have a word in any of them.
create index orders_tenant_id_words_idx
  on commerce.orders using gin (
    tenant_id,
    (coalesce(order_number, '') || ' ' || coalesce(buyer_name, '') || ' ' || coalesce(buyer_phone, ''))
      internal.gin_trgm_ops
  );
create index orders_tenant_id_to_settle_idx
  on commerce.orders (tenant_id) where due_amount < 0 or refunded_amount > paid_amount;
create index orders_tenant_id_buyer_phone_idx
  on commerce.orders (tenant_id, buyer_phone) where buyer_phone is not null;
create index orders_tenant_id_product_id_idx on commerce.orders (tenant_id, product_id);
create index orders_tenant_id_thread_id_idx on commerce.orders (tenant_id, thread_id);
alter table commerce.orders
  add constraint orders_tenant_id_order_number_key unique (tenant_id, order_number),
  -- The columns that rows of an order repeat from it; their foreign keys refer to them, so that they cannot
  -- differ. Row-level security reads buyer and seller from each row, which follows the order when customers are merged.
  add constraint orders_tenant_id_id_customer_id_seller_id_key unique (tenant_id, id, customer_id, seller_id),
  add constraint orders_tenant_id_id_customer_id_seller_id_currency_code_key
    unique (tenant_id, id, customer_id, seller_id, currency_code),
  add constraint orders_tenant_id_id_seller_id_channel_key unique (tenant_id, id, seller_id, channel);
create unique index orders_tenant_id_id_key on commerce.orders (tenant_id, id);
-- There is one open basket. A draft that place_order makes from lines already has its placed_at, and is no basket.
create unique index orders_tenant_id_customer_id_channel_seller_id_key
  on commerce.orders (tenant_id, customer_id, channel, seller_id)
  where status = 'draft' and placed_at is null and not is_deleted;
alter table commerce.orders replica identity using index orders_tenant_id_id_key;

comment on table commerce.orders is 'Orders of one buyer from one seller; a draft is the open basket of a conversation.';
comment on column commerce.orders.id is 'Identifier, ordered by time of creation.';
comment on column commerce.orders.tenant_id is 'The merchant.';
comment on column commerce.orders.product_id is 'The product of the first line, for one-product chat orders; set by the database from the lines.';
comment on column commerce.orders.seller_id is 'The seller; a basket of several sellers is split into one order for each.';
comment on column commerce.orders.customer_id is 'The customer who buys.';
comment on column commerce.orders.thread_id is 'The conversation in which it was made.';
comment on column commerce.orders.currency_code is 'ISO 4217 code of every amount of the order and of its lines.';
comment on column commerce.orders.subtotal_amount is 'Sum of the lines'' subtotals, before discount, and before tax where prices do not include it.';
comment on column commerce.orders.discount_amount is 'Sum of the lines'' discounts: what discount_sum or discount_rate and then the discount code take off.';
comment on column commerce.orders.discount_sum is 'The sum that staff took off; 0 when they gave a share, or nothing.';
comment on column commerce.orders.discount_basis is 'What the goods cost when staff gave that sum; from a smaller basket the same share is taken off.';
comment on column commerce.orders.discount_rate is 'The share of the price that staff took off: 0.1 is 10 %; 0 when they gave a sum, or nothing.';
comment on column commerce.orders.shipping_amount is 'Shipping, charged for the whole order.';
comment on column commerce.orders.fee_amount is 'Sum of the fees (order_charge), before tax where prices do not include it.';
comment on column commerce.orders.tax_amount is 'Sum of the lines'' taxes.';
comment on column commerce.orders.shipping_tax_rate is 'Tax on shipping as a share of its price, as the shop had it when the basket was begun, refreshed, or given its shipping.';
comment on column commerce.orders.shipping_tax_amount is 'Tax on shipping, at its rate.';
comment on column commerce.orders.fee_tax_amount is 'Sum of the fees'' taxes.';
comment on column commerce.orders.prices_include_tax is 'Whether its amounts contain the taxes; if not, the taxes are added to them.';
comment on column commerce.orders.total_amount is 'What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them.';
comment on column commerce.orders.adjustment_amount is 'Sum of the adjustments that staff made afterwards; negative when they lower the price.';
comment on column commerce.orders.returned_amount is 'Price of the goods that came back, tax included.';
comment on column commerce.orders.worth_amount is 'What the order is worth now: the total with its adjustments, less what came back; 0 for a draft and once cancelled.';
comment on column commerce.orders.paid_amount is 'What has been received for it so far.';
comment on column commerce.orders.refunded_amount is 'What has been given back of it: refunds and lost disputes.';
comment on column commerce.orders.due_amount is 'The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back.';
comment on column commerce.orders.placed_at is 'When the buyer placed it.';
comment on column commerce.orders.confirmed_at is 'When staff confirmed it.';
comment on column commerce.orders.shipped_at is 'When it was given to the carrier.';
comment on column commerce.orders.delivered_at is 'When it reached the buyer.';
comment on column commerce.orders.cancelled_at is 'When it was cancelled.';
comment on column commerce.orders.returned_at is 'When it came back.';
comment on column commerce.orders.order_number is 'Number for people, without gaps within the merchant; given when it is placed.';
comment on column commerce.orders.discount_code is 'The discount code that the buyer entered.';
comment on column commerce.orders.order_serial is 'The digits at the end of order_number, as a number: sort by it.';
comment on column commerce.orders.channel is 'Kind of channel in which it was made.';
comment on column commerce.orders.status is 'State of the order; only the order functions change it.';
comment on column commerce.orders.payment_status is 'How far it is paid, derived from the ledger of money and from what the order is worth.';
comment on column commerce.orders.fulfillment_status is 'How far it is shipped and delivered.';
comment on column commerce.orders.buyer_name is 'The buyer''s name as it was when the order was placed.';
comment on column commerce.orders.buyer_phone is 'The buyer''s phone number as it was when the order was placed.';
comment on column commerce.orders.buyer_email is 'The buyer''s e-mail address as it was when the order was placed.';
comment on column commerce.orders.buyer_note is 'What the buyer asks for, at most 64 KiB.';
comment on column commerce.orders.carrier is 'The company that carries the parcel.';
comment on column commerce.orders.tracking_number is 'The carrier''s number of the parcel.';
comment on column commerce.orders.cancellation_reason is 'Why it was cancelled.';
comment on column commerce.orders.metadata is 'The merchant''s own fields, a JSON object of at most 64 KiB; seen by staff only.';
comment on column commerce.orders.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.orders.is_deleted is 'Whether it is deleted; only drafts and cancelled orders can be.';
comment on column commerce.orders.deleted_at is 'When it was deleted; NULL while it is live.';
comment on column commerce.orders.created_at is 'When the basket was begun.';
comment on column commerce.orders.listed_at is 'When it was placed, or begun while it is a draft; lists are ordered by it.';
comment on column commerce.orders.updated_at is 'When it last changed.';

create table commerce.order_items (
  id uuid constraint order_items_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  product_id uuid not null,
  line_number smallint not null,
  quantity integer not null,
  shipped_quantity integer not null default 0,
  returned_quantity integer not null default 0,
  unit_price numeric not null,
  currency_code text not null,
  subtotal numeric not null generated always as (quantity * unit_price) stored,
  discount_amount numeric not null default 0,
  tax_rate numeric(6,4) not null default 0,
  tax_amount numeric not null default 0,
  product_name text not null,
  sku text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_items_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint order_items_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id, currency_code)
    references commerce.orders (tenant_id, id, customer_id, seller_id, currency_code)
    on update cascade on delete cascade,
  constraint order_items_product_id_fkey foreign key (tenant_id, product_id)
    references commerce.products (tenant_id, id) on delete restrict,
  constraint order_items_line_number_positive check (line_number > 0),
  constraint order_items_quantity_not_negative check (quantity >= 0),
  constraint order_items_shipped_quantity_within_quantity check (shipped_quantity between 0 and quantity),
  constraint order_items_returned_quantity_within_quantity check (returned_quantity between 0 and quantity),
  constraint order_items_unit_price_not_negative check (unit_price >= 0),
  constraint order_items_subtotal_range check (subtotal < 1e15),
  constraint order_items_discount_amount_not_negative check (discount_amount >= 0),
  constraint order_items_discount_amount_within_subtotal check (discount_amount <= quantity * unit_price),
  constraint order_items_tax_rate_is_share check (tax_rate >= 0 and tax_rate < 1),
  constraint order_items_tax_amount_not_negative check (tax_amount >= 0),
  constraint order_items_product_name_length
    check (length(product_name) <= 200 and not internal.is_blank(product_name)),
  constraint order_items_sku_length check (length(sku) <= 255),
  constraint order_items_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint order_items_metadata_size check (octet_length(metadata::text) <= 65536)
);

create index order_items_tenant_id_product_id_idx on commerce.order_items (tenant_id, product_id);
create index order_items_tenant_id_customer_id_order_id_idx
  on commerce.order_items (tenant_id, customer_id, order_id, seller_id, currency_code);
alter table commerce.order_items
  add constraint order_items_tenant_id_order_id_line_number_key unique (tenant_id, order_id, line_number),
  add constraint order_items_tenant_id_order_id_id_key unique (tenant_id, order_id, id);
create unique index order_items_tenant_id_id_key on commerce.order_items (tenant_id, id);
alter table commerce.order_items replica identity using index order_items_tenant_id_id_key;

comment on table commerce.order_items is 'The lines of an order, with price and name as they were agreed; staff may change the quantity until the goods leave.';
comment on column commerce.order_items.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_items.tenant_id is 'The merchant.';
comment on column commerce.order_items.order_id is 'The order.';
comment on column commerce.order_items.customer_id is 'The order''s buyer.';
comment on column commerce.order_items.seller_id is 'The order''s seller.';
comment on column commerce.order_items.product_id is 'The product.';
comment on column commerce.order_items.line_number is 'Place within the order, from 1.';
comment on column commerce.order_items.quantity is 'Units ordered; 0 for a line that was taken out after the order was placed.';
comment on column commerce.order_items.shipped_quantity is 'Units that have left the shop: shipped, collected or sent.';
comment on column commerce.order_items.returned_quantity is 'Units that came back, or were lost on their way.';
comment on column commerce.order_items.unit_price is 'Price of one unit, copied from the product.';
comment on column commerce.order_items.currency_code is 'ISO 4217 code, the order''s.';
comment on column commerce.order_items.subtotal is 'Quantity times unit price, before discount, and before tax where prices do not include it.';
comment on column commerce.order_items.discount_amount is 'This line''s part of the discount.';
comment on column commerce.order_items.tax_rate is 'Tax as a share of the price, copied from the product: 0.075 is 7.5 %.';
comment on column commerce.order_items.tax_amount is 'Tax on the line after its discount, at its tax_rate: added to it, or contained in it where the order''s prices include tax.';
comment on column commerce.order_items.product_name is 'Name of the product, copied from it.';
comment on column commerce.order_items.sku is 'Article number of the product, copied from it.';
comment on column commerce.order_items.metadata is 'Options that the buyer chose (size, engraving), a JSON object of at most 64 KiB.';
comment on column commerce.order_items.created_at is 'When the line was added.';
comment on column commerce.order_items.updated_at is 'When it last changed.';

create table commerce.order_charge (
  id uuid constraint order_charge_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  currency_code text not null,
  amount numeric not null,
  tax_rate numeric(6,4) not null default 0,
  tax_amount numeric not null default 0,
  kind text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_charge_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint order_charge_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id, currency_code)
    references commerce.orders (tenant_id, id, customer_id, seller_id, currency_code)
    on update cascade on delete cascade,
  constraint order_charge_amount_positive check (amount > 0),
  constraint order_charge_tax_rate_is_share check (tax_rate >= 0 and tax_rate < 1),
  constraint order_charge_tax_amount_not_negative check (tax_amount >= 0),
  constraint order_charge_kind_set check (kind in ('cash_on_delivery', 'service', 'packaging', 'insurance'))
);

alter table commerce.order_charge
  add constraint order_charge_tenant_id_order_id_kind_key unique (tenant_id, order_id, kind);
create unique index order_charge_tenant_id_id_key on commerce.order_charge (tenant_id, id);
alter table commerce.order_charge replica identity using index order_charge_tenant_id_id_key;

comment on table commerce.order_charge is 'The fees of an order, besides its lines and its shipping: at most one of each kind.';
comment on column commerce.order_charge.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_charge.tenant_id is 'The merchant.';
comment on column commerce.order_charge.order_id is 'The order.';
comment on column commerce.order_charge.customer_id is 'The order''s buyer.';
comment on column commerce.order_charge.seller_id is 'The order''s seller.';
comment on column commerce.order_charge.currency_code is 'ISO 4217 code, the order''s.';
comment on column commerce.order_charge.amount is 'The fee, before tax where the order''s prices do not include it.';
comment on column commerce.order_charge.tax_rate is 'Tax as a share of the fee: 0.075 is 7.5 %.';
comment on column commerce.order_charge.tax_amount is 'Tax on the fee, at its tax_rate.';
comment on column commerce.order_charge.kind is 'What it is for.';
comment on column commerce.order_charge.created_at is 'When it was added.';
comment on column commerce.order_charge.updated_at is 'When it last changed.';

create table commerce.order_address (
  id uuid constraint order_address_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  source_address_id uuid,
  country text not null,
  latitude numeric(9,6),
  longitude numeric(9,6),
  kind text not null,
  recipient_name text not null,
  phone_number text,
  street_address text not null,
  apartment text,
  landmark text,
  city text not null,
  state text,
  postal_code text,
  delivery_note text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_address_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint order_address_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id)
    references commerce.orders (tenant_id, id, customer_id, seller_id) on update cascade on delete cascade,
  constraint order_address_country_is_iso check (country ~ '^[A-Z]{2}$'),
  constraint order_address_latitude_in_range check (latitude between -90 and 90),
  constraint order_address_longitude_in_range check (longitude between -180 and 180),
  constraint order_address_kind_set check (kind in ('shipping', 'billing')),
  constraint order_address_recipient_name_length
    check (length(recipient_name) <= 200 and not internal.is_blank(recipient_name)),
  constraint order_address_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint order_address_street_address_length
    check (length(street_address) <= 500 and not internal.is_blank(street_address)),
  constraint order_address_apartment_length check (length(apartment) <= 200),
  constraint order_address_landmark_length check (length(landmark) <= 500),
  constraint order_address_city_length check (length(city) <= 200 and not internal.is_blank(city)),
  constraint order_address_state_length check (length(state) <= 200),
  constraint order_address_postal_code_length check (length(postal_code) <= 32),
  constraint order_address_delivery_note_length check (length(delivery_note) <= 2000)
);

create index order_address_tenant_id_customer_id_order_id_idx
  on commerce.order_address (tenant_id, customer_id, order_id, seller_id);
alter table commerce.order_address
  add constraint order_address_tenant_id_order_id_kind_key unique (tenant_id, order_id, kind);
create unique index order_address_tenant_id_id_key on commerce.order_address (tenant_id, id);
alter table commerce.order_address replica identity using index order_address_tenant_id_order_id_kind_key;

comment on table commerce.order_address is 'Where an order is shipped and billed to, copied when it was placed; staff may correct it until the goods leave.';
comment on column commerce.order_address.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_address.tenant_id is 'The merchant.';
comment on column commerce.order_address.order_id is 'The order.';
comment on column commerce.order_address.customer_id is 'The order''s buyer.';
comment on column commerce.order_address.seller_id is 'The order''s seller.';
comment on column commerce.order_address.source_address_id is 'The address book row that it was copied from; the copy outlives it.';
comment on column commerce.order_address.country is 'ISO 3166 code of two capitals.';
comment on column commerce.order_address.latitude is 'Degrees north.';
comment on column commerce.order_address.longitude is 'Degrees east.';
comment on column commerce.order_address.kind is 'What it is for; an order has at most one of each kind.';
comment on column commerce.order_address.recipient_name is 'The person or company that receives the parcel or the invoice.';
comment on column commerce.order_address.phone_number is 'The number that the carrier calls.';
comment on column commerce.order_address.street_address is 'Street and house number.';
comment on column commerce.order_address.apartment is 'Apartment, floor or suite.';
comment on column commerce.order_address.landmark is 'What the house is near to, where streets have no numbers.';
comment on column commerce.order_address.city is 'City.';
comment on column commerce.order_address.state is 'State, province or region.';
comment on column commerce.order_address.postal_code is 'Postal code.';
comment on column commerce.order_address.delivery_note is 'What the buyer asks of the courier.';
comment on column commerce.order_address.created_at is 'When it was copied.';
comment on column commerce.order_address.updated_at is 'When it was last corrected.';

create table commerce.order_status_history (
  id uuid constraint order_status_history_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  changed_by uuid default internal.user_id(),
  field text not null,
  from_value text,
  to_value text not null,
  reason text,
  -- Not now(), because one transaction may make a draft and place it, and the timeline keeps the order of the two.
  created_at timestamptz not null default clock_timestamp(),
  constraint order_status_history_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint order_status_history_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id)
    references commerce.orders (tenant_id, id, customer_id, seller_id) on update cascade on delete cascade,
  constraint order_status_history_changed_by_fkey foreign key (tenant_id, changed_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint order_status_history_field_set check (
    field in ('status', 'payment_status', 'fulfillment_status', 'lines', 'address', 'tracking')
  ),
  constraint order_status_history_from_value_length check (length(from_value) <= 255),
  constraint order_status_history_to_value_length check (length(to_value) <= 255),
  constraint order_status_history_reason_size check (octet_length(reason) <= 65536)
);

create index order_status_history_tenant_id_order_id_created_at_idx
  on commerce.order_status_history (tenant_id, order_id, created_at);
create index order_status_history_tenant_id_customer_id_order_id_idx
  on commerce.order_status_history (tenant_id, customer_id, order_id, seller_id);
create index order_status_history_tenant_id_changed_by_idx on commerce.order_status_history (tenant_id, changed_by);
-- In the order in which a subscription reads them.
create unique index order_status_history_tenant_id_id_key on commerce.order_status_history (tenant_id, id);
alter table commerce.order_status_history replica identity using index order_status_history_tenant_id_id_key;

comment on table commerce.order_status_history is 'Every change of an order''s status, payment_status and fulfillment_status, and what staff corrected of it; written by the database, never changed.';
comment on column commerce.order_status_history.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_status_history.tenant_id is 'The merchant.';
comment on column commerce.order_status_history.order_id is 'The order.';
comment on column commerce.order_status_history.customer_id is 'The order''s buyer.';
comment on column commerce.order_status_history.seller_id is 'The order''s seller.';
comment on column commerce.order_status_history.changed_by is 'The person who changed it; NULL for a worker.';
comment on column commerce.order_status_history.field is 'Which of the three changed, or what was corrected: its lines, an address or a tracking number.';
comment on column commerce.order_status_history.from_value is 'Value before; for lines the total, for tracking the number. NULL when the order was created, and for an address.';
comment on column commerce.order_status_history.to_value is 'Value after; for lines the total, for an address its kind, for tracking the number, or the carrier where there is none.';
comment on column commerce.order_status_history.reason is 'Why, where a reason was given.';
comment on column commerce.order_status_history.created_at is 'When it changed.';

create table commerce.fulfillment (
  id uuid constraint fulfillment_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  shipped_at timestamptz,
  delivered_at timestamptz,
  method text not null default 'shipping',
  status text not null default 'packed',
  carrier text,
  tracking_number text,
  tracking_url text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint fulfillment_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint fulfillment_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id)
    references commerce.orders (tenant_id, id, customer_id, seller_id) on update cascade on delete cascade,
  constraint fulfillment_method_set check (method in ('shipping', 'pickup', 'digital')),
  constraint fulfillment_status_set check (
    status in (
      'packed', 'ready_for_pickup', 'shipped', 'delivered', 'collected', 'refused', 'returned', 'lost', 'cancelled'
    )
  ),
  constraint fulfillment_delivered_has_time check (
    (status in ('delivered', 'collected')) = (delivered_at is not null)
  ),
  constraint fulfillment_carrier_length check (length(carrier) <= 200),
  constraint fulfillment_tracking_number_length check (length(tracking_number) <= 255),
  constraint fulfillment_tracking_url_length check (length(tracking_url) <= 2048)
);

create index fulfillment_tenant_id_status_created_at_idx on commerce.fulfillment (tenant_id, status, created_at);
create index fulfillment_tenant_id_order_id_status_idx on commerce.fulfillment (tenant_id, order_id, status);
create index fulfillment_tenant_id_tracking_number_idx
  on commerce.fulfillment (tenant_id, tracking_number) where tracking_number is not null;
create index fulfillment_tenant_id_customer_id_order_id_idx
  on commerce.fulfillment (tenant_id, customer_id, order_id, seller_id);
alter table commerce.fulfillment
  add constraint fulfillment_tenant_id_order_id_customer_id_seller_id_id_key
    unique (tenant_id, order_id, customer_id, seller_id, id);
create unique index fulfillment_tenant_id_id_key on commerce.fulfillment (tenant_id, id);
alter table commerce.fulfillment replica identity using index fulfillment_tenant_id_id_key;

comment on table commerce.fulfillment is 'A parcel or delivery of some units of an order''s lines.';
comment on column commerce.fulfillment.id is 'Identifier, ordered by time of creation.';
comment on column commerce.fulfillment.tenant_id is 'The merchant.';
comment on column commerce.fulfillment.order_id is 'The order.';
comment on column commerce.fulfillment.customer_id is 'The order''s buyer.';
comment on column commerce.fulfillment.seller_id is 'The order''s seller.';
comment on column commerce.fulfillment.shipped_at is 'When it was given to the carrier.';
comment on column commerce.fulfillment.delivered_at is 'When it reached its buyer, or they collected it.';
comment on column commerce.fulfillment.method is 'How it reaches its buyer: a carrier brings it, the buyer collects it, or it is sent without a carrier.';
comment on column commerce.fulfillment.status is 'State of the parcel; only the functions of parcels change it.';
comment on column commerce.fulfillment.carrier is 'The company that carries it.';
comment on column commerce.fulfillment.tracking_number is 'The carrier''s number of it.';
comment on column commerce.fulfillment.tracking_url is 'Where the carrier shows how far it is.';
comment on column commerce.fulfillment.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.fulfillment.created_at is 'When it was packed.';
comment on column commerce.fulfillment.updated_at is 'When it last changed.';

create table commerce.fulfillment_item (
  id uuid constraint fulfillment_item_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  fulfillment_id uuid not null,
  order_item_id uuid not null,
  quantity integer not null,
  constraint fulfillment_item_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint fulfillment_item_fulfillment_id_fkey
    foreign key (tenant_id, order_id, customer_id, seller_id, fulfillment_id)
    references commerce.fulfillment (tenant_id, order_id, customer_id, seller_id, id)
    on update cascade on delete cascade,
  constraint fulfillment_item_order_item_id_fkey foreign key (tenant_id, order_id, order_item_id)
    references commerce.order_items (tenant_id, order_id, id) on delete restrict,
  constraint fulfillment_item_quantity_positive check (quantity > 0)
);

create index fulfillment_item_tenant_id_order_id_order_item_id_idx
  on commerce.fulfillment_item (tenant_id, order_id, order_item_id);
create index fulfillment_item_tenant_id_customer_id_order_id_idx
  on commerce.fulfillment_item (tenant_id, customer_id, order_id, seller_id, fulfillment_id);
alter table commerce.fulfillment_item
  add constraint fulfillment_item_tenant_id_fulfillment_id_order_item_id_key
    unique (tenant_id, fulfillment_id, order_item_id);
create unique index fulfillment_item_tenant_id_id_key on commerce.fulfillment_item (tenant_id, id);
alter table commerce.fulfillment_item
  replica identity using index fulfillment_item_tenant_id_fulfillment_id_order_item_id_key;

comment on table commerce.fulfillment_item is 'How many units of which line of an order are in a parcel.';
comment on column commerce.fulfillment_item.id is 'Identifier, ordered by time of creation.';
comment on column commerce.fulfillment_item.tenant_id is 'The merchant.';
comment on column commerce.fulfillment_item.order_id is 'The order, the same as the parcel''s and the line''s.';
comment on column commerce.fulfillment_item.customer_id is 'The order''s buyer.';
comment on column commerce.fulfillment_item.seller_id is 'The order''s seller.';
comment on column commerce.fulfillment_item.fulfillment_id is 'The parcel.';
comment on column commerce.fulfillment_item.order_item_id is 'The line of the order.';
comment on column commerce.fulfillment_item.quantity is 'Units of it that are in the parcel.';

insert into internal.derived_column (table_name, column_name)
values
  -- From the lines.
  ('orders', 'product_id'),
  ('orders', 'subtotal_amount'),
  ('orders', 'discount_amount'),
  ('orders', 'tax_amount'),
  -- From shipping and the fees.
  ('orders', 'fee_amount'),
  ('orders', 'shipping_tax_amount'),
  ('orders', 'fee_tax_amount'),
  ('discount', 'used_count'),
  -- From the ledger of money, the adjustments and the returns.
  ('orders', 'payment_status'),
  ('orders', 'adjustment_amount'),
  ('orders', 'returned_amount'),
  ('orders', 'paid_amount'),
  ('orders', 'refunded_amount'),
  -- From the order.
  ('order_items', 'customer_id'),
  ('order_items', 'seller_id'),
  ('order_charge', 'customer_id'),
  ('order_charge', 'seller_id'),
  ('order_address', 'customer_id'),
  ('order_address', 'seller_id'),
  ('fulfillment', 'customer_id'),
  ('fulfillment', 'seller_id'),
  ('fulfillment_item', 'customer_id'),
  ('fulfillment_item', 'seller_id'),
  ('order_status_history', 'customer_id'),
  ('order_status_history', 'seller_id');

-- A seller or a buyer with orders under way cannot be deleted.
insert into internal.soft_delete_rule (parent, child, child_column, action, live_when)
values
  ('seller_profile', 'orders', 'seller_id', 'refuse',
   $$status in ('pending', 'confirmed', 'processing', 'shipped')$$),
  ('buyer_profile', 'orders', 'customer_id', 'refuse',
   $$status in ('pending', 'confirmed', 'processing', 'shipped')$$);

insert into internal.purge_child (parent, child, child_column, is_personal)
values
  -- Before the lines, to which they refer.
  ('orders', 'commerce.fulfillment_item', 'order_id', false),
  ('orders', 'commerce.fulfillment', 'order_id', false),
  ('orders', 'commerce.order_items', 'order_id', false),
  ('orders', 'commerce.order_charge', 'order_id', false),
  ('orders', 'commerce.order_address', 'order_id', true),
  ('orders', 'commerce.order_status_history', 'order_id', false);

-- The buyer's data as it was at placement stays readable on the order; the log need not repeat it.
insert into internal.audit_rule (table_name, column_name, treatment)
values
  ('orders', 'buyer_name', 'mask'),
  ('orders', 'buyer_phone', 'mask'),
  ('orders', 'buyer_email', 'mask'),
  ('orders', 'buyer_note', 'mask');

insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('orders.status', 'draft', 'pending', 'orders.manage', true, true),
  ('orders.status', 'draft', 'cancelled', 'orders.manage', true, true),
  ('orders.status', 'pending', 'confirmed', 'orders.manage', false, true),
  ('orders.status', 'pending', 'cancelled', 'orders.manage', true, true),
  ('orders.status', 'confirmed', 'processing', 'orders.manage', false, true),
  ('orders.status', 'confirmed', 'cancelled', 'orders.manage', false, true),
  ('orders.status', 'processing', 'shipped', 'orders.manage', false, true),
  ('orders.status', 'processing', 'cancelled', 'orders.manage', false, true),
  ('orders.status', 'shipped', 'delivered', 'orders.manage', false, true),
  ('orders.status', 'shipped', 'returned', 'orders.manage', false, false),
  ('orders.status', 'delivered', 'returned', 'orders.manage', false, false),
  ('orders.fulfillment_status', 'unfulfilled', 'partially_fulfilled', 'orders.manage', false, true),
  ('orders.fulfillment_status', 'unfulfilled', 'fulfilled', 'orders.manage', false, true),
  ('orders.fulfillment_status', 'partially_fulfilled', 'fulfilled', 'orders.manage', false, true),
  ('orders.fulfillment_status', 'fulfilled', 'delivered', 'orders.manage', false, true),
  ('fulfillment.status', 'packed', 'ready_for_pickup', 'orders.manage', false, true),
  ('fulfillment.status', 'packed', 'shipped', 'orders.manage', false, true),
  ('fulfillment.status', 'packed', 'delivered', 'orders.manage', false, true),
  ('fulfillment.status', 'packed', 'cancelled', 'orders.manage', false, true),
  ('fulfillment.status', 'ready_for_pickup', 'collected', 'orders.manage', false, true),
  ('fulfillment.status', 'ready_for_pickup', 'cancelled', 'orders.manage', false, true),
  ('fulfillment.status', 'shipped', 'delivered', 'orders.manage', false, true),
  ('fulfillment.status', 'shipped', 'refused', 'orders.manage', false, true),
  ('fulfillment.status', 'shipped', 'returned', 'orders.manage', false, true),
  ('fulfillment.status', 'shipped', 'lost', 'orders.manage', false, true);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint discount_amounts_have_currency on commerce.discount is 'currency_code must be given with amount and minimum_amount';
comment on constraint discount_code_form on commerce.discount is 'code must be 2 to 40 capital letters, digits, - and _, and begin with a letter or a digit';
comment on constraint discount_ends_after_start on commerce.discount is 'ends_at must be after starts_at';
comment on constraint discount_rate_is_share on commerce.discount is 'rate must be above 0 and at most 1';
comment on constraint discount_is_sum_or_rate on commerce.discount is 'rate or amount must be given, and not both';
comment on constraint order_items_discount_amount_within_subtotal on commerce.order_items is 'discount_amount must not be above what the units cost';
comment on constraint order_items_returned_quantity_within_quantity on commerce.order_items is 'returned_quantity must be from 0 to the quantity that was ordered';
comment on constraint order_items_shipped_quantity_within_quantity on commerce.order_items is 'shipped_quantity must be from 0 to the quantity that was ordered';
comment on constraint fulfillment_delivered_has_time on commerce.fulfillment is 'delivered_at must be given for a parcel that its buyer has, and for no other';
comment on constraint orders_cancelled_has_time on commerce.orders is 'cancelled_at must be given for an order that is cancelled, and for no other';
comment on constraint orders_deleted_never_sold on commerce.orders is 'status must be draft or cancelled for an order that is deleted';
comment on constraint orders_discount_amount_within_subtotal on commerce.orders is 'discount_amount must be from 0 to the subtotal';
comment on constraint orders_discount_is_sum_or_rate on commerce.orders is 'discount_rate must be 0 where the discount is a sum';
comment on constraint orders_discount_sum_within_basis on commerce.orders is 'discount_sum must be from 0 to what it is taken off';
comment on constraint orders_due_amount_range on commerce.orders is 'due_amount must have at most 15 digits before the point';
comment on constraint orders_placed_has_number on commerce.orders is 'order_number must be given once the order is placed, and placed_at as well';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.state_transition
 where machine in ('orders.status', 'orders.fulfillment_status', 'fulfillment.status');
delete from internal.audit_rule where table_name = 'orders';
delete from internal.purge_child where parent = 'orders';
delete from internal.soft_delete_rule where child = 'orders';
delete from internal.derived_column
 where table_name in (
   'discount', 'orders', 'order_items', 'order_charge', 'order_address', 'order_status_history', 'fulfillment',
   'fulfillment_item'
 );
drop table commerce.fulfillment_item;
drop table commerce.fulfillment;
drop table commerce.order_status_history;
drop table commerce.order_address;
drop table commerce.order_charge;
drop table commerce.order_items;
drop table commerce.orders;
drop table commerce.discount;
