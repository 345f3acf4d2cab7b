// Generated from sql/customer_identity.sql by "npm run generate"; do not edit.
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery } from '../database/prepared-query.ts';

/** What findCustomerByIdentity takes. */
export interface FindCustomerByIdentityParams {
  /** The channel in which the customer has this id. */
  channelId: string;
  /** The provider's id of the person (wa_id, Instagram-scoped id). */
  externalUserId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findCustomerByIdentity. */
export interface FindCustomerByIdentityResult {
  /** The customer. */
  customerId: string;
  /** When the customer last wrote under this id. */
  lastSeenAt: Date | null;
  /** The name that the person chose in the channel. */
  profileName: string | null;
}

/**
 * The customer who writes under this id of the provider, or null.
 */
export const findCustomerByIdentity = new MaybeOneQuery<FindCustomerByIdentityParams, FindCustomerByIdentityResult>('findCustomerByIdentity', `select i.customer_id, i.profile_name, i.last_seen_at
  from api.customer_identity as i
 where i.tenant_id = $1 and i.channel_id = $2 and i.external_user_id = $3`, ['tenantId!', 'channelId!', 'externalUserId!']);

/** What listCustomerIdentities takes. */
export interface ListCustomerIdentitiesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The customer. */
  customerId: string;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listCustomerIdentities. */
export interface ListCustomerIdentitiesResult {
  /** The channel in which the customer has this id. */
  channelId: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The provider's id of the person (wa_id, Instagram-scoped id). */
  externalUserId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When the customer last wrote under this id. */
  lastSeenAt: Date | null;
  /** The name that the person chose in the channel. */
  profileName: string | null;
}

/**
 * Under which ids of which accounts a customer writes, in pages.
 */
export const listCustomerIdentities = new PagedQuery<ListCustomerIdentitiesParams, ListCustomerIdentitiesResult>('listCustomerIdentities', `select i.id, i.channel_id, i.external_user_id, i.profile_name, i.last_seen_at, i.id as "cursor"
  from api.customer_identity as i
 where i.tenant_id = $1 and i.customer_id = $2 and ($3::uuid is null or i.id > $3)
 order by i.id
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first']);
