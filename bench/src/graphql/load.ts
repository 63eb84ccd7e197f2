import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

const headers = (body: string) => ({
  'content-type': 'application/json',
  accept: 'application/json',
  'content-length': Buffer.byteLength(body),
});

/** One request’s answer. */
export const post = (url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: headers(body) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Sends so many requests, some at the same time, and returns the milliseconds of each. */
export const load = async (
  url: string,
  bodies: readonly string[],
  { requests, parallel }: { readonly requests: number; readonly parallel: number },
): Promise<readonly number[]> => {
  const times: number[] = [];
  let sent = 0;
  const one = async () => {
    while (sent < requests) {
      const body = bodies[sent++ % bodies.length] ?? '';
      const before = performance.now();
      await post(url, body);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: parallel }, one));
  return times;
};

/** The value that so large a part of the others does not exceed. */
export const quantile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
};

/** A subscriber that is there. */
export interface Subscriber {
  /** When its first event came, in the terms of `performance.now()`. */
  readonly event: Promise<number>;
}

/** Subscribes over server-sent events. */
export const subscribe = (url: string, query: string): Promise<Subscriber> =>
  new Promise((connected, reject) => {
    const body = JSON.stringify({ query });
    const options = {
      method: 'POST',
      agent: false as const,
      headers: { ...headers(body), accept: 'text/event-stream' },
    };
    const sent = request(url, options, (response) => {
      connected({
        event: new Promise((resolve) => {
          response.on('data', (part: Buffer) => {
            if (!part.includes('data: {')) return;
            resolve(performance.now());
            sent.destroy();
          });
          response.on('error', () => undefined);
        }),
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
