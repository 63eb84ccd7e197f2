import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { gunzip, gzip } from './gzip.js';
import { Limiter } from './limiter.js';
import { onAbort } from './on-abort.js';

describe('gzip', () => {
  it('gives back what went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
        expect(await gunzip(await gzip(bytes), 5_000)).toEqual(Uint8Array.from(bytes));
      }),
      { numRuns: 30 },
    );
  });

  it('stops a decompression bomb, and refuses what is no gzip', async () => {
    const bomb = await gzip(new Uint8Array(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(gunzip(bomb, 2_000_000)).rejects.toThrow(RangeError);
    await expect(gunzip(Uint8Array.of(1, 2, 3), 100)).rejects.toThrow();
  });
});

describe('Limiter', () => {
  it('runs at most so many at once for each key, in order, and goes on after failures', async () => {
    const limiter = new Limiter(3);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const work = (i: number) => async () => {
      order.push(i);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (i % 5 === 0) throw new Error(`work ${i}`);
      return i;
    };
    const results = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => limiter.run('a', work(i))));
    expect(most).toBe(3);
    expect(order).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(6);
    expect(await limiter.run('a', async () => 'again')).toBe('again');
  });
});

describe('onAbort', () => {
  it('calls back once, at once where it is too late, and never after it was called off', () => {
    const controller = new AbortController();
    const [kept, dropped, late] = [vi.fn(), vi.fn(), vi.fn()];
    onAbort(controller.signal, kept);
    onAbort(controller.signal, dropped)();
    controller.abort();
    controller.abort();
    onAbort(controller.signal, late);
    expect([kept, dropped, late].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
  });
});
