// Generated from sql/users.sql by "npm run generate"; do not edit.
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What getUser takes. */
export interface GetUserParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The user. */
  userId: string;
}

/** A row of getUser. */
export interface GetUserResult {
  /** When the row was made. */
  createdAt: Date;
  /** Name shown to others. */
  displayName: string | null;
  /** E-mail address, stored in lower case; NULL for a guest of a chat. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of the person's language. */
  locale: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber: string | null;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One person of the tenant as staff, or the person itself, may know them, or null.
 */
export const getUser = new MaybeOneQuery<GetUserParams, GetUserResult>('getUser', `select u.id, u.display_name, u.email, u.phone_number, u.locale, u.version, u.created_at, u.updated_at
  from api.users as u
 where u.tenant_id = $1 and u.id = $2`, ['tenantId!', 'userId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What updateUser takes. */
export interface UpdateUserParams {
  /** Name shown to others. */
  displayName?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** BCP 47 tag of the person's language. */
  locale?: string | null | undefined;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The user. */
  userId: string;
}

/** A row of updateUser. */
export interface UpdateUserResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
 */
export const updateUser = new OneQuery<UpdateUserParams, UpdateUserResult>('updateUser', `update api.users as u
   set display_name = coalesce($1, u.display_name),
       phone_number = coalesce($2, u.phone_number),
       locale = coalesce($3, u.locale),
       version = $4
 where u.tenant_id = $5 and u.id = $6
returning u.id, u.version`, ['displayName', 'phoneNumber', 'locale', 'expectedVersion!', 'tenantId!', 'userId!'], { callers: ['member', 'buyer'] });

/** What updateMyProfile takes. */
export interface UpdateMyProfileParams {
  /** ISO 4217 code of the currency the buyer prefers. */
  defaultCurrency?: string | null | undefined;
  /** Name shown to others. */
  displayName: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null | undefined;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage: string;
}

/** A row of updateMyProfile. */
export interface UpdateMyProfileResult {
  /** ISO 4217 code of the currency the buyer prefers. */
  defaultCurrency: string | null;
  /** Name shown to others. */
  displayName: string;
  /** Telephone number in E.164 form. */
  phoneNumber: string | null;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage: string;
  /** The person, by users id. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Replaces the details that the session's person has given about themselves in this shop; NULL: no telephone number, no
 * currency. The version is that of the users row. FORBIDDEN for a person who has not registered, NOT_FOUND,
 * VERSION_CONFLICT, INVALID_INPUT.
 */
export const updateMyProfile = new OneQuery<UpdateMyProfileParams, UpdateMyProfileResult>('updateMyProfile', `select p.user_id as "user_id", p.display_name as "display_name", p.phone_number,
       p.preferred_language as "preferred_language", p.default_currency, p.version as "version"
  from api.update_my_profile(
    $1, $2, $3, $4, $5
  ) as p`, ['displayName!', 'phoneNumber', 'preferredLanguage!', 'expectedVersion!', 'defaultCurrency'], { callers: ['member', 'buyer'] });
