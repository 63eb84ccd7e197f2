import { Collector } from '../collect.js';
import { BlobTooLargeError, BlobUnreachableError } from '../errors.js';
import { type Call, exchange, timed } from './exchange.js';
import { whileItMoves } from './retry.js';

/**
 * A download that goes on where it broke off, also when it is tried again later. What comes is verified as a whole, so
 * that it does not matter what the server did in between.
 */
export function createDownload(call: Call): () => Promise<Uint8Array> {
  const { hash, locator, maxBytes } = call;
  const collector = new Collector({ hash, where: locator, maxBytes });
  const go = async () => {
    const from = collector.size;
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    await exchange(
      call,
      { method: 'GET', headers },
      from > 0 ? [200, 206, 416] : [200],
      async (response, deadline) => {
        if (response.status === 416) return;
        if (!continues(response, from)) collector.restart();
        const announced = Number(response.headers.get('content-length') ?? 0);
        if (collector.size + announced > maxBytes) throw new BlobTooLargeError(hash, maxBytes, locator);
        for await (const chunk of timed(response.body, deadline)) collector.add(chunk);
      },
    );
    return collector.finish();
  };
  return async () => {
    try {
      return await whileItMoves(go, () => collector.size);
    } catch (error) {
      if (!(error instanceof BlobUnreachableError)) collector.restart();
      throw error;
    }
  };
}

/** Whether an answer goes on exactly where the bytes before it end. */
function continues(response: Response, from: number): boolean {
  if (response.status !== 206) return false;
  const [, first] = /^bytes (\d{1,15})-/.exec(response.headers.get('content-range') ?? '') ?? [];
  return Number(first) === from;
}

/** HEAD /blobs/<hash>. */
export function isAt(call: Call): Promise<boolean> {
  return exchange(call, { method: 'HEAD' }, [200, 404], async ({ status }) => status === 200);
}
