// Generated from sql/customer_identity.sql by "npm run generate"; do not edit.
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'FindCustomerByIdentity' parameters type */
export interface FindCustomerByIdentityParams {
  channelId: string;
  externalUserId: string;
  tenantId: string;
}

/** 'FindCustomerByIdentity' return type */
export interface FindCustomerByIdentityResult {
  /** The customer. */
  customer_id: string;
  /** When the customer last wrote under this id. */
  last_seen_at: Date | null;
  /** The name that the person chose in the channel. */
  profile_name: string | null;
}

/**
 * The customer who writes under this id of the provider, or no row.
 */
export const findCustomerByIdentity = new PreparedQuery<FindCustomerByIdentityParams, FindCustomerByIdentityResult>('findCustomerByIdentity', `select i.customer_id, i.profile_name, i.last_seen_at
  from api.customer_identity as i
 where i.tenant_id = $1 and i.channel_id = $2 and i.external_user_id = $3`, ['tenantId', 'channelId', 'externalUserId']);

/** 'ListCustomerIdentities' parameters type */
export interface ListCustomerIdentitiesParams {
  after?: string | null | undefined;
  customerId: string;
  first: number;
  tenantId: string;
}

/** 'ListCustomerIdentities' return type */
export interface ListCustomerIdentitiesResult {
  /** The channel in which the customer has this id. */
  channel_id: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The provider's id of the person (wa_id, Instagram-scoped id). */
  external_user_id: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When the customer last wrote under this id. */
  last_seen_at: Date | null;
  /** The name that the person chose in the channel. */
  profile_name: string | null;
}

/**
 * Under which ids of which accounts a customer writes, in pages.
 */
export const listCustomerIdentities = new PagedQuery<ListCustomerIdentitiesParams, ListCustomerIdentitiesResult>('listCustomerIdentities', `select i.id, i.channel_id, i.external_user_id, i.profile_name, i.last_seen_at, i.id as "cursor"
  from api.customer_identity as i
 where i.tenant_id = $1 and i.customer_id = $2 and ($3::uuid is null or i.id > $3)
 order by i.id
 limit $4`, ['tenantId', 'customerId', 'after', 'first']);
