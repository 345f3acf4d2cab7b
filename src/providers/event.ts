import type { Database } from '../database/database.ts';
import {
  type ReceiveMessageParams,
  type RecordMessageChangeParams,
  type RecordReceiptParams,
  type RecordReceiptsParams,
  receiveMessage,
  recordMessageChange,
  recordReceipt,
  recordReceipts,
} from '../queries/conversation_history.ts';
import { type RecordTemplateParams, recordTemplate } from '../queries/message_template.ts';

/** What a webhook reports, as the typed query that records it takes it. */
export type ProviderEvent =
  | { readonly kind: 'message'; readonly values: ReceiveMessageParams }
  | { readonly kind: 'change'; readonly values: RecordMessageChangeParams }
  | { readonly kind: 'receipt'; readonly values: RecordReceiptParams }
  | { readonly kind: 'receipts'; readonly values: RecordReceiptsParams }
  | { readonly kind: 'template'; readonly values: RecordTemplateParams };

async function record(database: Database, event: ProviderEvent): Promise<void> {
  await database.asWorker(async (tx): Promise<unknown> => {
    switch (event.kind) {
      case 'message':
        return tx.run(receiveMessage, event.values);
      case 'change':
        return tx.run(recordMessageChange, event.values);
      case 'receipt':
        return tx.run(recordReceipt, event.values);
      case 'receipts':
        return tx.run(recordReceipts, event.values);
      case 'template':
        return tx.run(recordTemplate, event.values);
    }
  });
}

/**
 * Records the events of a webhook, each in a transaction of its own, because one webhook may be about several
 * merchants: an event that is refused keeps none of the others from being recorded. Throws the first refusal when all
 * were tried. All are safe to repeat: answer the provider only when this has returned, and let it deliver again when
 * this has thrown. NOT_FOUND for an account that nobody has connected, TENANT_REQUIRED, INVALID_INPUT.
 */
export async function recordEvents(database: Database, events: readonly ProviderEvent[]): Promise<void> {
  const refusals: unknown[] = [];
  for (const event of events) {
    await record(database, event).catch((error: unknown) => refusals.push(error));
  }
  if (refusals.length > 0) throw refusals[0];
}
