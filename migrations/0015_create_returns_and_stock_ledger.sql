-- Goods that come back, and the ledger of all that leaves and enters the stock.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.order_returns (
  id uuid constraint order_returns_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  requested_by uuid default internal.user_id(),
  approved_by uuid,
  exchange_order_id uuid,
  fulfillment_id uuid,
  currency_code text not null,
  returned_amount numeric not null default 0,
  refund_amount numeric not null default 0,
  return_date timestamptz,
  approved_at timestamptz,
  rejected_at timestamptz,
  refunded_at timestamptz,
  closed_at timestamptz,
  return_number text not null,
  status text not null default 'requested',
  reason text not null,
  description text,
  rejection_reason text,
  refund_method text,
  return_tracking_number text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_returns_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint order_returns_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id)
    references commerce.orders (tenant_id, id, customer_id, seller_id) on update cascade on delete restrict,
  constraint order_returns_requested_by_fkey foreign key (tenant_id, requested_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint order_returns_approved_by_fkey foreign key (tenant_id, approved_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint order_returns_exchange_order_id_fkey foreign key (tenant_id, exchange_order_id)
    references commerce.orders (tenant_id, id) on delete restrict,
  constraint order_returns_fulfillment_id_fkey foreign key (tenant_id, fulfillment_id)
    references commerce.fulfillment (tenant_id, id) on delete restrict,
  constraint order_returns_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint order_returns_returned_amount_not_negative check (returned_amount >= 0),
  constraint order_returns_refund_amount_not_negative check (refund_amount >= 0),
  constraint order_returns_return_number_length check (length(return_number) between 1 and 255),
  constraint order_returns_status_set check (
    status in ('requested', 'approved', 'rejected', 'in_transit', 'received', 'refunded', 'closed', 'cancelled')
  ),
  constraint order_returns_reason_set check (
    reason in (
      'damaged', 'defective', 'incorrect_item', 'not_as_described', 'changed_mind', 'arrived_late', 'size_issue',
      'quality_issue', 'other'
    )
  ),
  constraint order_returns_refund_method_set check (
    refund_method in ('original_payment', 'store_credit', 'manual', 'exchange')
  ),
  constraint order_returns_approved_by_someone check (
    (status in ('approved', 'in_transit', 'received', 'refunded'))
      <= (approved_at is not null and (approved_by is not null or fulfillment_id is not null))
  ),
  constraint order_returns_rejected_has_reason check (status <> 'rejected' or rejection_reason is not null),
  constraint order_returns_exchange_is_another_order check (exchange_order_id <> order_id),
  constraint order_returns_received_has_date check (
    status not in ('received', 'refunded') or return_date is not null
  ),
  constraint order_returns_description_size check (octet_length(description) <= 65536),
  constraint order_returns_rejection_reason_size check (octet_length(rejection_reason) <= 65536),
  constraint order_returns_return_tracking_number_length check (length(return_tracking_number) <= 255)
);

create index order_returns_tenant_id_status_id_idx on commerce.order_returns (tenant_id, status, id);
create index order_returns_tenant_id_customer_id_id_idx on commerce.order_returns (tenant_id, customer_id, id);
create index order_returns_tenant_id_requested_by_idx on commerce.order_returns (tenant_id, requested_by);
create index order_returns_tenant_id_approved_by_idx on commerce.order_returns (tenant_id, approved_by);
create index order_returns_tenant_id_exchange_order_id_idx on commerce.order_returns (tenant_id, exchange_order_id);
alter table commerce.order_returns
  add constraint order_returns_tenant_id_return_number_key unique (tenant_id, return_number),
  add constraint order_returns_tenant_id_fulfillment_id_key unique (tenant_id, fulfillment_id),
  add constraint order_returns_tenant_id_order_id_customer_id_seller_id_id_key
    unique (tenant_id, order_id, customer_id, seller_id, id);
create unique index order_returns_tenant_id_id_key on commerce.order_returns (tenant_id, id);
alter table commerce.order_returns replica identity using index order_returns_tenant_id_id_key;

comment on table commerce.order_returns is 'Requests to send goods of an order back.';
comment on column commerce.order_returns.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_returns.tenant_id is 'The merchant.';
comment on column commerce.order_returns.order_id is 'The order.';
comment on column commerce.order_returns.customer_id is 'The order''s buyer.';
comment on column commerce.order_returns.seller_id is 'The order''s seller.';
comment on column commerce.order_returns.requested_by is 'The person who asked for it; set by the database.';
comment on column commerce.order_returns.approved_by is 'The person who approved it; set by the database.';
comment on column commerce.order_returns.exchange_order_id is 'The order of the goods that the buyer gets instead; the overpayment of the returned order pays for it.';
comment on column commerce.order_returns.fulfillment_id is 'The parcel that did not arrive; NULL of goods that the buyer sends back.';
comment on column commerce.order_returns.currency_code is 'ISO 4217 code of the amount.';
comment on column commerce.order_returns.returned_amount is 'Price of the goods that came back, tax included: the sum of the lines.';
comment on column commerce.order_returns.refund_amount is 'What is to be paid back: the part of the returned amount that was paid for the order, and not yet given back, when the goods came.';
comment on column commerce.order_returns.return_date is 'When the goods came back.';
comment on column commerce.order_returns.approved_at is 'When it was approved.';
comment on column commerce.order_returns.rejected_at is 'When it was rejected.';
comment on column commerce.order_returns.refunded_at is 'When the money was paid back.';
comment on column commerce.order_returns.closed_at is 'When it was closed.';
comment on column commerce.order_returns.return_number is 'Number for people, without gaps within the merchant.';
comment on column commerce.order_returns.status is 'State of the return; only the return functions change it.';
comment on column commerce.order_returns.reason is 'Why the goods come back.';
comment on column commerce.order_returns.description is 'The reason in the buyer''s words.';
comment on column commerce.order_returns.rejection_reason is 'Why it was rejected.';
comment on column commerce.order_returns.refund_method is 'How the money is paid back.';
comment on column commerce.order_returns.return_tracking_number is 'The carrier''s number of the parcel that comes back.';
comment on column commerce.order_returns.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.order_returns.created_at is 'When the row was made.';
comment on column commerce.order_returns.updated_at is 'When the row last changed.';

insert into internal.derived_column (table_name, column_name)
values
  ('order_returns', 'returned_amount'),
  ('order_returns', 'refund_amount'),
  -- From the order.
  ('order_returns', 'customer_id'),
  ('order_returns', 'seller_id'),
  ('order_return_items', 'customer_id'),
  ('order_return_items', 'seller_id');
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('order_returns.status', 'requested', 'approved', 'returns.manage', false, false),
  ('order_returns.status', 'requested', 'rejected', 'returns.manage', false, false),
  ('order_returns.status', 'requested', 'cancelled', 'returns.manage', true, false),
  ('order_returns.status', 'approved', 'in_transit', 'returns.manage', true, false),
  ('order_returns.status', 'approved', 'received', 'returns.manage', false, false),
  ('order_returns.status', 'approved', 'cancelled', 'returns.manage', true, false),
  ('order_returns.status', 'in_transit', 'received', 'returns.manage', false, false),
  ('order_returns.status', 'received', 'refunded', null, false, true),
  ('order_returns.status', 'received', 'closed', 'returns.manage', false, false),
  ('order_returns.status', 'refunded', 'closed', 'returns.manage', false, false);

create table commerce.order_return_items (
  id uuid constraint order_return_items_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  order_return_id uuid not null,
  order_item_id uuid not null,
  quantity integer not null,
  accepted_quantity integer,
  restocked_quantity integer not null default 0,
  refund_amount numeric not null default 0,
  refund_tax_amount numeric not null default 0,
  reason text not null,
  condition text,
  customer_note text,
  store_note text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_return_items_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint order_return_items_order_return_id_fkey
    foreign key (tenant_id, order_id, customer_id, seller_id, order_return_id)
    references commerce.order_returns (tenant_id, order_id, customer_id, seller_id, id)
    on update cascade on delete cascade,
  constraint order_return_items_order_item_id_fkey foreign key (tenant_id, order_id, order_item_id)
    references commerce.order_items (tenant_id, order_id, id) on delete restrict,
  constraint order_return_items_quantity_positive check (quantity > 0),
  constraint order_return_items_accepted_within_quantity check (accepted_quantity between 0 and quantity),
  constraint order_return_items_restocked_within_accepted check (
    restocked_quantity between 0 and coalesce(accepted_quantity, 0)
  ),
  constraint order_return_items_refund_amount_range check (refund_amount >= 0 and refund_amount < 1e15),
  constraint order_return_items_refund_tax_amount_range check (
    refund_tax_amount >= 0 and refund_tax_amount < 1e15
  ),
  constraint order_return_items_reason_set check (
    reason in (
      'damaged', 'defective', 'incorrect_item', 'not_as_described', 'changed_mind', 'arrived_late', 'size_issue',
      'quality_issue', 'other'
    )
  ),
  constraint order_return_items_condition_set check (condition in ('unopened', 'opened', 'damaged', 'missing')),
  constraint order_return_items_customer_note_size check (octet_length(customer_note) <= 65536),
  constraint order_return_items_store_note_size check (octet_length(store_note) <= 65536)
);

create index order_return_items_tenant_id_order_id_order_item_id_idx
  on commerce.order_return_items (tenant_id, order_id, order_item_id);
create index order_return_items_tenant_id_customer_id_order_id_idx
  on commerce.order_return_items (tenant_id, customer_id, order_id, seller_id, order_return_id);
alter table commerce.order_return_items
  add constraint order_return_items_tenant_id_order_return_id_order_item_id_key
    unique (tenant_id, order_return_id, order_item_id);
create unique index order_return_items_tenant_id_id_key on commerce.order_return_items (tenant_id, id);
alter table commerce.order_return_items replica identity using index order_return_items_tenant_id_id_key;

comment on table commerce.order_return_items is 'Which lines of an order come back, how many units, and what is paid back for them.';
comment on column commerce.order_return_items.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_return_items.tenant_id is 'The merchant.';
comment on column commerce.order_return_items.order_id is 'The order, the same as the return''s and the line''s.';
comment on column commerce.order_return_items.customer_id is 'The order''s buyer.';
comment on column commerce.order_return_items.seller_id is 'The order''s seller.';
comment on column commerce.order_return_items.order_return_id is 'The return.';
comment on column commerce.order_return_items.order_item_id is 'The line that was sold.';
comment on column commerce.order_return_items.quantity is 'Units that the buyer sends back.';
comment on column commerce.order_return_items.accepted_quantity is 'Units that staff accepted; NULL until received.';
comment on column commerce.order_return_items.restocked_quantity is 'Accepted units that can be sold again.';
comment on column commerce.order_return_items.refund_amount is 'Price of the accepted units, less their discount, tax included.';
comment on column commerce.order_return_items.refund_tax_amount is 'The tax in it.';
comment on column commerce.order_return_items.reason is 'Why these units come back.';
comment on column commerce.order_return_items.condition is 'The state in which they came back.';
comment on column commerce.order_return_items.customer_note is 'The buyer''s note.';
comment on column commerce.order_return_items.store_note is 'The staff''s note; not shown to the buyer.';
comment on column commerce.order_return_items.created_at is 'When the row was made.';
comment on column commerce.order_return_items.updated_at is 'When the row last changed.';

create table commerce.inventory_movement (
  id uuid constraint inventory_movement_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  product_id uuid not null,
  order_item_id uuid,
  return_item_id uuid,
  created_by uuid default internal.user_id(),
  delta integer not null,
  balance_after integer not null,
  reason text not null,
  note text,
  created_at timestamptz not null default now(),
  constraint inventory_movement_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint inventory_movement_product_id_fkey foreign key (tenant_id, product_id)
    references commerce.products (tenant_id, id) on delete restrict,
  constraint inventory_movement_order_item_id_fkey foreign key (tenant_id, order_item_id)
    references commerce.order_items (tenant_id, id) on delete restrict,
  constraint inventory_movement_return_item_id_fkey foreign key (tenant_id, return_item_id)
    references commerce.order_return_items (tenant_id, id) on delete restrict,
  constraint inventory_movement_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint inventory_movement_delta_not_zero check (delta <> 0),
  constraint inventory_movement_reason_set check (
    reason in ('initial', 'restock', 'sale', 'return_restock', 'correction', 'damage', 'import')
  ),
  constraint inventory_movement_note_size check (octet_length(note) <= 65536)
);

create index inventory_movement_tenant_id_order_item_id_idx
  on commerce.inventory_movement (tenant_id, order_item_id);
create index inventory_movement_tenant_id_return_item_id_idx
  on commerce.inventory_movement (tenant_id, return_item_id);
create index inventory_movement_tenant_id_created_by_idx on commerce.inventory_movement (tenant_id, created_by);
create unique index inventory_movement_tenant_id_product_id_created_at_id_key
  on commerce.inventory_movement (tenant_id, product_id, created_at desc, id);
create unique index inventory_movement_tenant_id_id_key on commerce.inventory_movement (tenant_id, id);
alter table commerce.inventory_movement replica identity using index inventory_movement_tenant_id_product_id_created_at_id_key;

comment on table commerce.inventory_movement is 'Every change of a product''s stock; the deltas of a product add up to its inventory_count.';
comment on column commerce.inventory_movement.id is 'Identifier, ordered by time of creation.';
comment on column commerce.inventory_movement.tenant_id is 'The merchant.';
comment on column commerce.inventory_movement.product_id is 'The product.';
comment on column commerce.inventory_movement.order_item_id is 'The order line that took the units, or gave them back.';
comment on column commerce.inventory_movement.return_item_id is 'The returned line that brought the units back.';
comment on column commerce.inventory_movement.created_by is 'The person who moved it; NULL for a worker.';
comment on column commerce.inventory_movement.delta is 'Units added, or taken when negative.';
comment on column commerce.inventory_movement.balance_after is 'Stock after the movement.';
comment on column commerce.inventory_movement.reason is 'Why it moved.';
comment on column commerce.inventory_movement.note is 'What staff noted about it.';
comment on column commerce.inventory_movement.created_at is 'When it moved.';

-- When a product that nobody ever bought is purged, its ledger is purged with it.
insert into internal.purge_child (parent, child, child_column)
values ('products', 'commerce.inventory_movement', 'product_id');

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint order_return_items_accepted_within_quantity on commerce.order_return_items is 'accepted_quantity must be from 0 to the quantity that came back';
comment on constraint order_return_items_restocked_within_accepted on commerce.order_return_items is 'restocked_quantity must be from 0 to the accepted quantity';
comment on constraint order_returns_exchange_is_another_order on commerce.order_returns is 'exchange_order_id must be another order';
comment on constraint order_returns_approved_by_someone on commerce.order_returns is 'approved_by must be given for a return that is approved, and approved_at with it';
comment on constraint order_returns_received_has_date on commerce.order_returns is 'return_date must be given for a return that is received';
comment on constraint order_returns_rejected_has_reason on commerce.order_returns is 'rejection_reason must be given for a return that is rejected';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.purge_child where child = 'commerce.inventory_movement';
drop table commerce.inventory_movement;
drop table commerce.order_return_items;
drop table commerce.order_returns;
delete from internal.state_transition where machine = 'order_returns.status';
delete from internal.derived_column where table_name in ('order_returns', 'order_return_items');
