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
export function decodeEvents(events: readonly RawEvent[], { height, txIndex }: Place): PlacedEvent[] {
  const decoded: PlacedEvent[] = [];
  for (const [eventIndex, event] of events.entries()) {
    const read = readersOf(event.type);
    const found = read && readable(event, read);
    if (found) decoded.push(Object.assign(found, { height, txIndex, eventIndex }));
  }
  return decoded;
}

type Read = (event: RawEvent) => ChainEvent | undefined;

function readable(event: RawEvent, read: Read): ChainEvent | undefined {
  try {
    return read(event);
  } catch (cause) {
    throw new ShapeError([event.type], `readable: ${cause instanceof Error ? cause.message : cause}`);
  }
}

const readersOf = (type: string): Read | undefined => {
  const typed = eventReaders.get(type);
  if (typed) return (event) => typed(attributesOf(event));
  const plain = plainReaders.get(type);
  return plain && (({ attributes }) => plain(new Map(attributes.map(({ key, value }) => [key, value]))));
};

/** What the node's own frame adds to every event, as plain text. */
const frameAttributes: ReadonlySet<string> = new Set(['mode', 'msg_index']);

/** Attributes of typed events are JSON values. */
function attributesOf(event: RawEvent): unknown {
  const values: Record<string, unknown> = {};
  for (const { key, value } of event.attributes) {
    if (!frameAttributes.has(key) && key !== '__proto__') values[key] = JSON.parse(value);
  }
  return values;
}
