// Generated from sql/message_template.sql by "npm run generate"; do not edit.
import { channelTypes, templateCategories, templateStatuses } from '../model/closed-sets.ts';
import type { ChannelType, TemplateCategory, TemplateStatus } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listTemplates takes. */
export interface ListTemplatesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The channel whose provider knows it. */
  channelId: string;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listTemplates. */
export interface ListTemplatesResult {
  /** Its text, with the provider's marks for the variables; at most 64 KiB. */
  body: string;
  /** The purpose for which the provider allows it, and by which the provider charges. */
  category: TemplateCategory;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
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
  /** How many values a message has to fill in, 0 to 100; NULL: not known. */
  variableCount: number | null;
}

/**
 * Message templates of a channel by name, in pages.
 */
export const listTemplates = new PagedQuery<ListTemplatesParams, ListTemplatesResult>('listTemplates', `select m.id, m.name, m.language, m.category, m.status, m.rejection_reason, m.variable_count, m.body,
       m.status_changed_at, json_build_array(m.name, m.id) as "cursor"
  from api.message_template as m
 where m.tenant_id = $1
   and m.channel_id = $2
   and ($3::jsonb is null or (m.name, m.id) > ($3::jsonb ->> 0, ($3::jsonb ->> 1)::uuid))
 order by m.name, m.id
 limit $4`, ['tenantId!', 'channelId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What recordTemplate takes. */
export interface RecordTemplateParams {
  /** Its text, with the provider's marks for the variables; at most 64 KiB. */
  body?: string | null | undefined;
  /** The use that the provider allows. */
  category?: TemplateCategory | null | undefined;
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of it. */
  externalTemplateId?: string | null | undefined;
  /** BCP 47 tag of its language. */
  language: string;
  /** The name by which messages refer to it, the same in every language. */
  name: string;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** Why it was not approved. */
  rejectionReason?: string | null | undefined;
  /** What the provider decided. */
  status?: TemplateStatus | null | undefined;
  /** How many values a message has to fill in. */
  variableCount?: number | null | undefined;
}

/** A row of recordTemplate. */
export interface RecordTemplateResult {
  /** What the provider decided. */
  status: TemplateStatus;
  /** The template. */
  templateId: string;
  /** The merchant. */
  tenantId: string;
}

/**
 * For webhooks, as worker: records what a provider reports about a template; what is NULL stays as it is, and a
 * decision older than the last one is ignored. NOT_FOUND for an unknown account, INVALID_INPUT.
 */
export const recordTemplate = new OneQuery<RecordTemplateParams, RecordTemplateResult>('recordTemplate', `select m.tenant_id as "tenant_id", m.template_id as "template_id", m.status as "status"
  from internal.record_template(
    $1, $2, $3, $4, $5, $6, $7, $8,
    $9, $10, coalesce($11::timestamptz, now())
  ) as m`, ['channelType!', 'externalAccountId!', 'name!', 'language!', 'status', 'category', 'rejectionReason', 'body', 'variableCount', 'externalTemplateId', 'occurredAt'], { callers: ['worker'], closedSets: { channelType: channelTypes, status: templateStatuses, category: templateCategories }, moments: ['occurredAt'] });
