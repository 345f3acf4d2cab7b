// Generated from sql/address_book.sql by "npm run generate"; do not edit.
import { addressTypes } from '../model/closed-sets.ts';
import type { AddressType } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listAddresses takes. */
export interface ListAddressesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The buyer, by users id. */
  userId: string;
}

/** A row of listAddresses. */
export interface ListAddressesResult {
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
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What the carrier should know. */
  deliveryNote: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default address of its type; there is at most one for each type. */
  isDefault: boolean;
  /** The buyer's own name for it. */
  label: string | null;
  /** What it is near, where streets have no names. */
  landmark: string | null;
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
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The shopper's addresses, the newest first, in pages.
 */
export const listAddresses = new PagedQuery<ListAddressesParams, ListAddressesResult>('listAddresses', `select a.id, a.address_type, a.is_default, a.label, a.recipient_name, a.phone_number, a.street_address, a.apartment,
       a.landmark, a.city, a.state, a.postal_code, a.country, a.delivery_note, a.version, a.created_at, a.updated_at,
       a.id as "cursor"
  from api.address_book as a
 where a.tenant_id = $1 and a.user_id = $2 and ($3::uuid is null or a.id < $3)
 order by a.id desc
 limit $4`, ['tenantId!', 'userId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What saveAddress takes. */
export interface SaveAddressParams {
  /** The address to change; without it, an address is added. */
  addressId?: string | null | undefined;
  /** What it is used for. */
  addressType: AddressType;
  /** Apartment, floor or suite. */
  apartment?: string | null | undefined;
  /** City or town. */
  city: string;
  /** ISO 3166-1 alpha-2 code. */
  country: string;
  /** What the carrier should know. */
  deliveryNote?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion?: number | null | undefined;
  /** What it is near, where streets have no names. */
  landmark?: string | null | undefined;
  /** Telephone number for the carrier. */
  phoneNumber?: string | null | undefined;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** The person or company that receives the parcel. */
  recipientName: string;
  /** State, province or county. */
  state?: string | null | undefined;
  /** Street and number. */
  streetAddress: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of saveAddress. */
export interface SaveAddressResult {
  /** What it is used for. */
  addressType: AddressType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default address of its type; there is at most one for each type. */
  isDefault: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The shopper's new address, or the one of addressId changed at expectedVersion (its type stays). The first of a
 * type is its default. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT.
 */
export const saveAddress = new OneQuery<SaveAddressParams, SaveAddressResult>('saveAddress', `select a.id, a.address_type, a.is_default, a.version
  from api.save_address(
    p_address_type => $1, p_recipient_name => $2, p_street_address => $3,
    p_city => $4, p_country => $5, p_state => $6, p_postal_code => $7,
    p_phone_number => $8, p_apartment => $9, p_landmark => $10,
    p_delivery_note => $11, p_address_id => $12, p_expected_version => $13
  ) as a
 where a.tenant_id = $14`, ['addressType!', 'recipientName!', 'streetAddress!', 'city!', 'country!', 'state', 'postalCode', 'phoneNumber', 'apartment', 'landmark', 'deliveryNote', 'addressId', 'expectedVersion', 'tenantId!'], { callers: ['buyer'], closedSets: { addressType: addressTypes } });

/** What setDefaultAddress takes. */
export interface SetDefaultAddressParams {
  /** The address. */
  addressId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setDefaultAddress. */
export interface SetDefaultAddressResult {
  /** What it is used for. */
  addressType: AddressType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default address of its type; there is at most one for each type. */
  isDefault: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Makes an address the shopper's default of its type. FORBIDDEN, NOT_FOUND.
 */
export const setDefaultAddress = new OneQuery<SetDefaultAddressParams, SetDefaultAddressResult>('setDefaultAddress', `select a.id, a.address_type, a.is_default, a.version
  from api.set_default_address($1) as a
 where a.tenant_id = $2`, ['addressId!', 'tenantId!'], { callers: ['buyer'] });

/** What removeAddress takes. */
export interface RemoveAddressParams {
  /** The address. */
  addressId: string;
}

/** A row of removeAddress. */
export interface RemoveAddressResult {
  /** Always true: what is refused throws. */
  removed: boolean;
}

/**
 * Takes an address out of the shopper's book; orders keep their copies. FORBIDDEN, NOT_FOUND.
 */
export const removeAddress = new OneQuery<RemoveAddressParams, RemoveAddressResult>('removeAddress', `select true as "removed" from api.remove_address($1)`, ['addressId!'], { callers: ['buyer'] });
