import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Retention, type RetentionPolicy } from './retention.js';

const policy: RetentionPolicy = { ttlMs: 100, marginBlocks: 10, freshMs: 20 };
const blobs = ['b0', 'b1', 'b2', 'b3', 'b4'];
const accounts = ['alice', 'bob', 'carol'];
const jobs = ['1', '2', '3'];
const SIZE = 10;

/** Everything that ever happened, and what follows from it by reading the rules aloud. */
class Model {
  now = 0;
  height = 0;
  headMs = Number.NEGATIVE_INFINITY;
  readonly claims = new Map<string, number>();
  readonly jobs = new Map<
    string,
    { account: string; index: string; read: boolean; blobs: Set<string>; final?: number }
  >();

  isLive = ({ final }: { final?: number }) =>
    final === undefined || this.height < final + policy.marginBlocks;

  mayGo(key: string): boolean {
    const [hash = '', account = ''] = key.split('.');
    if (this.now - this.headMs > policy.freshMs) return false;
    if (this.now - (this.claims.get(key) ?? this.now) <= policy.ttlMs) return false;
    return ![...this.jobs.values()].some(
      (job) =>
        this.isLive(job) &&
        (job.index === hash || job.blobs.has(hash) || (!job.read && job.account === account)),
    );
  }
}

const blob = fc.constantFrom(...blobs);
const account = fc.constantFrom(...accounts);
const job = fc.constantFrom(...jobs);
const step = fc.oneof(
  fc.record({ do: fc.constant('claim' as const), blob, account }),
  fc.record({ do: fc.constant('hold' as const), job, account, blob, more: fc.subarray(blobs) }),
  fc.record({ do: fc.constant('read' as const), job, more: fc.subarray(blobs) }),
  fc.record({ do: fc.constant('release' as const), job }),
  fc.record({ do: fc.constant('block' as const), by: fc.integer({ min: 1, max: 6 }), lateMs: fc.nat(30) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(60) }),
  fc.record({ do: fc.constant('sweep' as const) }),
);

it('lets go of exactly what is old and of no use to a live job, and of nothing while the chain is not followed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const retention = new Retention(policy);
      const model = new Model();
      for (const each of steps) {
        if (each.do === 'claim') {
          retention.claim(each.blob, SIZE, each.account, model.now);
          model.claims.set(`${each.blob}.${each.account}`, model.now);
        } else if (each.do === 'hold') {
          const before = model.jobs.get(each.job);
          if (before !== undefined && !model.isLive(before)) model.jobs.delete(each.job);
          const known = model.jobs.get(each.job);
          const index = known?.index ?? each.blob;
          retention.hold(each.job, { account: each.account, indexes: [index], blobs: each.more });
          if (known) for (const hash of each.more) known.blobs.add(hash);
          else {
            const made = { account: each.account, index, read: false, blobs: new Set(each.more) };
            model.jobs.set(each.job, made);
          }
        } else if (each.do === 'read') {
          const found = model.jobs.get(each.job);
          if (!found || found.read || !model.isLive(found)) continue;
          retention.expand(each.job, found.index, each.more);
          found.read = true;
          for (const hash of each.more) found.blobs.add(hash);
        } else if (each.do === 'release') {
          const found = model.jobs.get(each.job);
          retention.release(each.job, model.height);
          if (found && model.isLive(found)) found.final ??= model.height;
        } else if (each.do === 'block') {
          model.height += each.by;
          model.headMs = Math.max(model.headMs, model.now - each.lateMs);
          retention.advance(model.height, model.now - each.lateMs);
        } else if (each.do === 'wait') model.now += each.ms;
        else {
          const due = retention.due(model.now);
          expect(due.map(({ hash, account: of }) => `${hash}.${of}`).sort()).toEqual(
            [...model.claims.keys()].filter((key) => model.mayGo(key)).sort(),
          );
          for (const claim of due) {
            const key = `${claim.hash}.${claim.account}`;
            model.claims.delete(key);
            const left = [...model.claims.keys()].some((other) => other.startsWith(`${claim.hash}.`));
            expect(retention.drop(claim)).toBe(!left);
          }
        }
        for (const of of accounts) {
          const held = [...model.claims.keys()].filter((key) => key.endsWith(`.${of}`)).length;
          expect(retention.bytesOf(of)).toBe(SIZE * held);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

it('keeps what two jobs share until the margin of the last is over', () => {
  const retention = new Retention(policy);
  retention.claim('shared', SIZE, 'alice', 0);
  for (const id of ['1', '2']) retention.hold(id, { blobs: ['shared'] });
  retention.release('1', 5);
  retention.advance(15, 1_000);
  expect(retention.due(1_000)).toEqual([]);
  retention.release('2', 20);
  retention.advance(29, 1_000);
  expect(retention.due(1_000)).toEqual([]);
  retention.advance(30, 1_000);
  expect(retention.due(1_000)).toEqual([{ hash: 'shared', account: 'alice' }]);
});

it('says which jobs are over, once', () => {
  const retention = new Retention(policy);
  retention.hold('1', { blobs: ['b'] });
  retention.release('1', 7);
  expect(retention.openJobs()).toEqual([]);
  expect(retention.advance(16, 0)).toEqual([]);
  expect(retention.advance(17, 0)).toEqual(['1']);
  expect(retention.advance(18, 0)).toEqual([]);
});
