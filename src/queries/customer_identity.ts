// Generated from sql/customer_identity.sql by "npm run generate"; do not edit.
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery } from '../database/prepared-query.ts';

/** What findCustomerByIdentity takes. */
export interface FindCustomerByIdentityParams {
  /** The channel. */
  channelId: string;
  /** The provider's id of the customer. */
  externalUserId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findCustomerByIdentity. */
export interface FindCustomerByIdentityResult {
  /** The customer. */
  customerId: string | null;
  /** Name as the channel or staff gave it. */
  displayName: string | null;
  /** Whether the merchant no longer answers this customer. */
  isBlocked: boolean;
}

/**
 * The customer who writes under this id of the provider, in whichever way it is written, or null.
 * FORBIDDEN, NOT_FOUND for the channel, INVALID_INPUT.
 */
export const findCustomerByIdentity = new MaybeOneQuery<FindCustomerByIdentityParams, FindCustomerByIdentityResult>('findCustomerByIdentity', `select c.id as customer_id, c.display_name, c.is_blocked
  from api.customer_by_identity($1, $2) as c
 where c.tenant_id = $3`, ['channelId!', 'externalUserId!', 'tenantId!'], { callers: ['member', 'worker'] });

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
  /** The provider's id of the person (wa_id, Instagram-scoped id), in the form that the provider last used. */
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
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });
