import { createHash } from 'node:crypto';
import { recordedBlock, recordedResults, recordedSize, recordedStatus, recordedWorker } from './recorded.js';

/** Events of each block after the first one. */
export type Density = 0 | 10 | 200;

/** Workers that the first block registers. */
const WORKERS = 50;

/** An address as long as a real one. */
const address = (what: string, n: number) =>
  `dmcn1${createHash('sha256').update(`${what} ${n}`).digest('hex').slice(0, 38)}`;

const owners = Array.from({ length: WORKERS }, (_, n) => address('owner', n));
const owner = (n: number) => owners[n % WORKERS] ?? '';
const hash = (height: number) => createHash('sha256').update(`block ${height}`).digest('hex').toUpperCase();

interface RawEvent {
  readonly type: string;
  readonly attributes: readonly { readonly key: string; readonly value: string; readonly index: boolean }[];
}

/** An event as the chain’s own frame writes it: each attribute is JSON, in the order of the names. */
const event = (type: string, fields: Readonly<Record<string, unknown>>): RawEvent => ({
  type: `dmcn.worker.v1.${type}`,
  attributes: [
    ...Object.entries(fields).map(([key, value]) => ({ key, value: JSON.stringify(value), index: true })),
    { key: 'mode', value: 'EndBlock', index: true },
  ],
});

const registered = (n: number): RawEvent =>
  event('EventWorkerRegistered', {
    reputation: '1000',
    worker: {
      ...recordedWorker,
      owner: owner(n),
      operator: address('operator', n),
      encryption_key: createHash('sha256').update(`key ${n}`).digest('base64'),
      ask: `${1_000 + n}`,
      registered_height: '1',
    },
  });

/** What the offers, leases and payments of a batch tell of its worker, in turn. */
const kinds: readonly ((height: number, n: number) => RawEvent)[] = [
  (height, n) =>
    event('EventLoadChanged', { new_load: (height + 1) % 3, old_load: height % 3, owner: owner(n) }),
  (height, n) =>
    event('EventBondChanged', {
      cause: 'lease',
      lots: '1000',
      new_bond: '50000000',
      new_locked: `${((height * 7) % 1_000) * 400}`,
      old_bond: '50000000',
      old_locked: '0',
      owner: owner(n),
    }),
  (height, n) =>
    event('EventReputationChanged', {
      batch: n % WORKERS,
      batches_final: `${height}`,
      cause: 'final',
      epoch: 0,
      job_id: `${1 + (height % 100)}`,
      missed: 0,
      new_availability: 5_000 + (height % 5_000),
      new_reputation: `${1_000 + (height % 500)}`,
      old_availability: 5_000,
      old_reputation: '1000',
      owner: owner(n),
    }),
];

const eventsOf = (height: number, density: Density): readonly RawEvent[] => {
  if (height === 1) return Array.from({ length: WORKERS }, (_, n) => registered(n));
  return Array.from({ length: density }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? kinds[0];
    return kind?.(height, height + i) ?? registered(i);
  });
};

/** What a node answers about a chain of so many blocks, as JSON text ready to be sent. */
export interface Replay {
  readonly status: string;
  readonly block: readonly string[];
  /** Of each block what `blockchain` tells of it: its header and how many transactions it has. */
  readonly meta: readonly string[];
  readonly results: readonly string[];
  /** Of all blocks up to each height. */
  readonly events: readonly number[];
}

const time = (height: number) => new Date(1_700_000_000_000 + height * 1_000).toISOString();

const blockOf = (height: number) => {
  const { block_id, block } = recordedBlock;
  const last = { ...block.header.last_block_id, hash: height === 1 ? '' : hash(height - 1) };
  return {
    block_id: { ...block_id, hash: hash(height) },
    block: {
      ...block,
      header: {
        ...block.header,
        height: `${height}`,
        time: time(height),
        last_block_id: last,
        app_hash: createHash('sha256').update(`app ${height}`).digest('hex').toUpperCase(),
      },
      last_commit: { ...block.last_commit, height: `${height - 1}`, block_id: last },
    },
  };
};

const metaOf = (height: number) => {
  const { block_id, block } = blockOf(height);
  return { block_id, block_size: recordedSize, header: block.header, num_txs: `${block.data.txs.length}` };
};

/** Blocks that are made of recorded shapes, the same ones each time. */
export const replayOf = (blocks: number, density: Density): Replay => {
  const heights = Array.from({ length: blocks }, (_, i) => i + 1);
  const sums: number[] = [];
  for (const height of heights) sums.push((sums.at(-1) ?? 0) + (height === 1 ? WORKERS : density));
  return {
    status: JSON.stringify({
      ...recordedStatus,
      sync_info: {
        ...recordedStatus.sync_info,
        latest_block_hash: hash(blocks),
        latest_app_hash: hash(blocks),
        latest_block_height: `${blocks}`,
        latest_block_time: time(blocks),
      },
    }),
    block: heights.map((height) => JSON.stringify(blockOf(height))),
    meta: heights.map((height) => JSON.stringify(metaOf(height))),
    results: heights.map((height) =>
      JSON.stringify({
        ...recordedResults,
        height: `${height}`,
        finalize_block_events: eventsOf(height, density),
        app_hash: Buffer.from(hash(height), 'hex').toString('base64'),
      }),
    ),
    events: sums,
  };
};
