import type { PgResource } from 'postgraphile/@dataplan/pg';
import { extendSchema, gql } from 'postgraphile/utils';
import type { Subscription } from '../live/feed.ts';
import { cursorOfEvent, eventItself, eventsOf, rowOfEvent } from '../plans/subscriptions.ts';
import { call } from './call.ts';

function subscription(topic: Subscription['topic'], parentArgument: string) {
  return { subscribePlan: call(eventsOf, topic, parentArgument), plan: eventItself };
}

function event(rowField: string, resource: PgResource | undefined) {
  return { plans: { cursor: cursorOfEvent, [rowField]: call(rowOfEvent, resource) } };
}

/** New rows as they are committed, over WebSockets. */
export const SubscriptionPlugin = extendSchema((build) => {
  /** By the view's own name: clients know it by another. */
  const view = (name: string): PgResource | undefined =>
    Object.values(build.input.pgRegistry.pgResources).find(
      ({ codec, parameters }) => codec.extensions?.pg?.name === name && parameters === undefined,
    );
  return {
    typeDefs: gql`
      extend type Subscription {
        """
        New messages: of one thread, or of all that the caller may read. With the cursor of an earlier event,
        first all that came since.
        """
        messageAdded(
          """The thread; without one, every thread that the caller may read."""
          threadId: UUID
          """The cursor of the last event that came before the connection was lost."""
          after: String
        ): MessageAddedEvent!
        """
        What becomes of messages that are there already: their delivery, and edits, deletions, reactions and files
        that come later: of one thread, or of all that the caller may read. With the cursor of an earlier event,
        first all that came since.
        """
        messageChanged(
          """The thread; without one, every thread that the caller may read."""
          threadId: UUID
          """The cursor of the last event that came before the connection was lost."""
          after: String
        ): MessageChangedEvent!
        """
        Changes of an order's states (order, payment, fulfilment): of one order, or of all that the caller may
        read. With the cursor of an earlier event, first all that came since.
        """
        orderChanged(
          """The order; without one, every order that the caller may read."""
          orderId: UUID
          """The cursor of the last event that came before the connection was lost."""
          after: String
        ): OrderChangedEvent!
      }
      """A message that has come or was sent."""
      type MessageAddedEvent {
        """Where to go on after a lost connection: the argument after takes it, for a day."""
        cursor: String!
        """The message."""
        message: Message
      }
      """A message of which something has changed."""
      type MessageChangedEvent {
        """Where to go on after a lost connection: the argument after takes it, for a day."""
        cursor: String!
        """The message as it is now."""
        message: Message
      }
      """A state of an order that has changed."""
      type OrderChangedEvent {
        """Where to go on after a lost connection: the argument after takes it, for a day."""
        cursor: String!
        """What changed, and of which order."""
        change: OrderStatusChange
      }
    `,
    objects: {
      Subscription: {
        plans: {
          messageAdded: subscription('messages', 'threadId'),
          messageChanged: subscription('message_changes', 'threadId'),
          orderChanged: subscription('order_changes', 'orderId'),
        },
      },
      MessageAddedEvent: event('message', view('conversation_history')),
      MessageChangedEvent: event('message', view('conversation_history')),
      OrderChangedEvent: event('change', view('order_status_history')),
    },
  };
}, 'CommerceSubscriptionPlugin');
