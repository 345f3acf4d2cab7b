import type { PgResource } from 'postgraphile/@dataplan/pg';
import {
  access,
  context,
  type FieldArgs,
  lambda,
  list,
  listen,
  SafeError,
  type Step,
} from 'postgraphile/grafast';
import type { Exchange } from '../exchange.ts';
import type { LiveEvent, Subscription } from '../live/feed.ts';
import type { LiveStream } from '../live/live-server.ts';

declare global {
  namespace Grafast {
    interface Context {
      live?: Exchange['live'] | undefined;
    }
  }
}

/** A subscription of the socket's own tenant, which no argument can name. */
export function eventsOf(
  topic: Subscription['topic'],
  parentArgument: string,
): (_: Step, args: FieldArgs) => Step {
  return (_, args) => {
    const $rows = lambda(
      list([context().get('live'), args.getRaw(parentArgument), args.getRaw('after')]),
      ([live, parentId = null, after = null]) => {
        if (live === undefined) throw new SafeError('subscriptions need a WebSocket');
        const subscribe = async (): Promise<LiveStream> => {
          live.stream = await live.server.subscribe(live.subscriber, { topic, parentId, after });
          return live.stream;
        };
        return { subscribe };
      },
    );
    return listen($rows as Step, topic);
  };
}

/** What is sent is the event itself. */
export const eventItself = ($event: Step): Step => $event;

export const cursorOfEvent = ($event: Step<LiveEvent>): Step => access($event, 'cursor');

/** The row of an event, read again with the rights of the subscriber. */
export function rowOfEvent(resource: PgResource | undefined): ($event: Step<LiveEvent>) => Step | undefined {
  return ($event) => resource?.get({ id: access($event, 'rowId') });
}
