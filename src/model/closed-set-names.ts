import type { ClientBase } from 'pg';
import { UserError } from '../operations/user-error.ts';
import { camelCase } from './spelling.ts';

/** A closed set of text values, and the columns that are limited to it. */
export type ClosedSet = { name: string; values: string[]; columns: string[] };

/**
 * Sets whose name is not that of a column, by the column that defines each. A column with the same
 * values as one of these belongs to its set.
 */
const homes: Record<string, string> = {
  'audit.log.action': 'audit_action',
  'commerce.channel.channel_type': 'channel_type',
  'commerce.complaints.status': 'complaint_status',
  'commerce.complaints.tier': 'complaint_tier',
  'commerce.complaints.type': 'complaint_type',
  'commerce.conversation_event.event_type': 'conversation_event_type',
  'commerce.conversation_history.direction': 'message_direction',
  'commerce.conversation_thread.priority': 'conversation_priority',
  'commerce.conversation_thread.status': 'conversation_status',
  'commerce.customer_credit.kind': 'credit_kind',
  'commerce.fulfillment.method': 'fulfillment_method',
  'commerce.fulfillment.status': 'fulfillment_status',
  'commerce.inbound_event.status': 'inbound_status',
  'commerce.inventory_movement.reason': 'movement_reason',
  'commerce.message_attachment.file_type': 'attachment_type',
  'commerce.message_reaction.sender_type': 'reaction_sender',
  'commerce.message_template.category': 'template_category',
  'commerce.message_template.status': 'template_status',
  'commerce.money_allocation.account': 'money_account',
  'commerce.money_allocation.cause': 'money_cause',
  'commerce.kyc_document.document_type': 'document_type',
  'commerce.order_address.kind': 'address_kind',
  'commerce.order_charge.kind': 'charge_kind',
  'commerce.order_adjustment.part': 'price_part',
  'commerce.order_return_items.condition': 'return_condition',
  'commerce.order_returns.reason': 'return_reason',
  'commerce.order_returns.status': 'return_status',
  'commerce.order_status_history.field': 'order_status_field',
  'commerce.orders.fulfillment_status': 'order_fulfillment_status',
  'commerce.orders.payment_status': 'order_payment_status',
  'commerce.orders.status': 'order_status',
  'commerce.payment.status': 'payment_status',
  'commerce.payment_event.kind': 'payment_event_kind',
  'commerce.payment_event.source': 'payment_event_source',
  'commerce.refund.method': 'payout_method',
  'commerce.refund.status': 'refund_status',
  'commerce.seller_onboarding.current_step': 'onboarding_step',
  'commerce.storefront_banner.placement': 'banner_placement',
  'commerce.team_invites.status': 'invite_status',
  'commerce.team_members.role': 'team_role',
  'commerce.tenant.status': 'tenant_status',
  'commerce.violations.action': 'violation_action',
  'commerce.violations.severity': 'violation_severity',
  'commerce.violations.status': 'violation_status',
  'commerce.violations.type': 'violation_type',
};

/** Every check named `…_set`, as the sets that they define. */
export async function readClosedSets(client: ClientBase): Promise<ClosedSet[]> {
  const { rows } = await client.query<{ column: string; values: string[] }>(
    `select n.nspname || '.' || r.relname || '.' || a.attname as column,
            array(select m[1] from regexp_matches(pg_get_constraintdef(c.oid), '''((?:[^'']|'''')*)''', 'g') as m) as values
       from pg_constraint as c
       join pg_class as r on r.oid = c.conrelid
       join pg_namespace as n on n.oid = r.relnamespace
       join pg_attribute as a on a.attrelid = r.oid and a.attnum = c.conkey[1]
      where c.contype = 'c' and not r.relispartition and c.conname like '%\\_set' and n.nspname in ('commerce', 'audit')
      order by 1`,
  );
  const stray = Object.keys(homes).find((home) => !rows.some(({ column }) => column === home));
  if (stray !== undefined)
    throw new UserError(`${stray} has no check named …_set: mend src/model/closed-set-names.ts`);
  const key = (values: string[]) => values.join('\n');
  const names = new Map(
    rows.flatMap(({ column, values }) => {
      const name = homes[column];
      return name === undefined ? [] : [[key(values), name] as const];
    }),
  );
  const sets = new Map<string, ClosedSet>();
  for (const { column, values } of rows) {
    const name = homes[column] ?? names.get(key(values)) ?? (column.split('.').at(-1) as string);
    const set = sets.get(name) ?? { name, values, columns: [] };
    if (key(set.values) !== key(values)) {
      throw new UserError(
        `${column} and ${set.columns[0]} have different values, but both would be the set ${name}: name one in src/model/closed-set-names.ts`,
      );
    }
    set.columns.push(column);
    sets.set(name, set);
  }
  return [...sets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `order_status` → `OrderStatus`. */
export function typeName({ name }: ClosedSet): string {
  return camelCase(`_${name}`);
}
