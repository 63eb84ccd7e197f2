import type { Journal } from './journal.js';
import type { Watched } from './opener-watch.js';
import { decodeRecord, encodeRecord } from './record.js';

/** The batches that an opener may have to open for others, and the height up to which it has looked. */
export interface WatchNote {
  readonly height: number;
  readonly watched: readonly Watched[];
}

const NAME = 'watch';

export async function readWatch(journal: Journal): Promise<WatchNote | undefined> {
  const bytes = await journal.read(NAME);
  return bytes && decodeRecord<WatchNote>(bytes)?.head;
}

export const writeWatch = (journal: Journal, note: WatchNote): Promise<void> =>
  journal.write(NAME, encodeRecord(note));
