import type { ChainEvent, EventData, EventType } from '../../types/events.js';
import { amount, count } from '../convert/scalar.js';

/** Reads an event's attributes, collected into one JSON object. Throws for values that make no sense. */
export type EventReader = (json: unknown) => ChainEvent;

/** How to read one kind of event: its generated codec, then our own type. */
export function reader<W, T extends EventType>(
  codec: { fromJSON(json: unknown): W },
  type: T,
  convert: (message: W) => EventData[T],
): (json: unknown) => ChainEvent<T> {
  return (json) => {
    const event: { type: T; data: EventData[T] } = { type, data: convert(codec.fromJSON(json)) };
    return event as ChainEvent<T>;
  };
}

export const same = <T>(message: T): T => message;

interface Sums {
  readonly account: string;
  readonly held: string;
  readonly owed: string;
}

export const toSums = ({ account, held, owed }: Sums): EventData['PayoutsPaused'] => ({
  account,
  held: amount(held),
  owed: amount(owed),
});

export const toResumed = (event: Sums & { readonly pausedHeight: bigint }): EventData['PayoutsResumed'] => ({
  ...toSums(event),
  pausedHeight: count(event.pausedHeight),
});
