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
  for (let eventIndex = 0; eventIndex < events.length; eventIndex += 1) {
    const found = decodeEvent(events[eventIndex] as RawEvent);
    if (found)
      decoded.push({ type: found.type, data: found.data, height, txIndex, eventIndex } as PlacedEvent);
  }
  return decoded;
}

/** Undefined for an event of other parts of the chain. */
function decodeEvent(event: RawEvent): ChainEvent | undefined {
  const typed = eventReaders.get(event.type);
  const plain = typed ? undefined : plainReaders.get(event.type);
  try {
    if (typed) return typed(attributesOf(event));
    return plain?.(new Map(event.attributes.map(({ key, value }) => [key, value])));
  } catch (cause) {
    throw new ShapeError([event.type], `readable: ${cause instanceof Error ? cause.message : cause}`);
  }
}

const plainNumber = /^(?:0|[1-9]\d{0,14})$/;

/** The value of a JSON text: what most attributes are by a shorter way than the parser's. */
function jsonValue(text: string): unknown {
  const plainText = text.startsWith('"') && text.indexOf('"', 1) === text.length - 1 && !text.includes('\\');
  if (plainText) return text.slice(1, -1);
  return plainNumber.test(text) ? Number(text) : JSON.parse(text);
}

/** Attributes of typed events are JSON values. */
function attributesOf(event: RawEvent): unknown {
  const values: Record<string, unknown> = {};
  for (const { key, value } of event.attributes) {
    if (!isOfFrame(key) && key !== '__proto__') values[key] = jsonValue(value);
  }
  return values;
}

/** What the node's own frame adds to every event, as plain text. */
const isOfFrame = (key: string): boolean => key === 'mode' || key === 'msg_index';
