import type { ChainEvent, PlacedEvent } from '../../types/events.js';
import type { RawEvent } from '../rpc/requests.js';
import { ShapeError } from '../rpc/shape.js';
import { eventReaders } from './event-table.js';
import { plainReaders } from './plain-events.js';

/** Where events happened. */
interface Place {
  readonly height: number;
  readonly txIndex: number | null;
}

/** The events of this system among those of a transaction or block. Throws `ShapeError` for one that cannot be read. */
export function decodeEvents(events: readonly RawEvent[], place: Place): PlacedEvent[] {
  return events.flatMap((event, eventIndex) => {
    const read = readersOf(event.type);
    if (!read) return [];
    try {
      const decoded = read(event);
      return decoded ? [{ ...decoded, ...place, eventIndex }] : [];
    } catch (cause) {
      throw new ShapeError([event.type], `readable: ${cause instanceof Error ? cause.message : cause}`);
    }
  });
}

const readersOf = (type: string): ((event: RawEvent) => ChainEvent | undefined) | undefined => {
  const typed = eventReaders.get(type);
  if (typed) return (event) => typed(attributesOf(event));
  const plain = plainReaders.get(type);
  return plain && (({ attributes }) => plain(new Map(attributes.map(({ key, value }) => [key, value]))));
};

/** What the node's own frame adds to every event, as plain text. */
const frameAttributes: ReadonlySet<string> = new Set(['mode', 'msg_index']);

/** Attributes of typed events are JSON values. */
function attributesOf(event: RawEvent): unknown {
  const own = event.attributes.filter(({ key }) => !frameAttributes.has(key));
  return Object.fromEntries(own.map(({ key, value }) => [key, JSON.parse(value)]));
}
