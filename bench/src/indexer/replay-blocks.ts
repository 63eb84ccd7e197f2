/** Events of each block after the first one. */
export type Density = 0 | 10 | 200;

const CHAIN = 'dmcn-replay-1';
const WORKERS = 50;

const owner = (n: number) => `dmcn1owner${String(n).padStart(4, '0')}`;
const hash = (height: number) => height.toString(16).toUpperCase().padStart(64, '0');

interface RawEvent {
  readonly type: string;
  readonly attributes: readonly { readonly key: string; readonly value: string; readonly index: boolean }[];
}

/** An event as the chain’s own frame writes it: each attribute is JSON. */
const event = (type: string, fields: Readonly<Record<string, unknown>>): RawEvent => ({
  type: `dmcn.worker.v1.${type}`,
  attributes: [
    ...Object.entries(fields).map(([key, value]) => ({ key, value: JSON.stringify(value), index: true })),
    { key: 'mode', value: 'EndBlock', index: true },
  ],
});

const registered = (n: number): RawEvent =>
  event('EventWorkerRegistered', {
    worker: {
      owner: owner(n),
      operator: `dmcn1operator${n}`,
      encryption_key: Buffer.alloc(32, n).toString('base64'),
      ask: `${50 + n}`,
      rate: '1000000000',
      memory: '536870912',
      features: ['simd'],
      status: 'WORKER_STATUS_ACTIVE',
      bond: '1000000',
      locked: '0',
      reserved: '0',
      availability: 5_000,
      batches_final: '0',
      load: 0,
      missed: 0,
      registered_height: '1',
      lots: '100',
      modules: [],
      max_gas_limit: '0',
      standing: '0',
      frauds: 0,
      jail_until: '0',
    },
    reputation: '1000',
  });

/** What the offers, leases and payments of a batch tell of its worker, in turn. */
const kinds: readonly ((height: number, n: number) => RawEvent)[] = [
  (height, n) =>
    event('EventLoadChanged', { owner: owner(n), old_load: height % 3, new_load: (height + 1) % 3 }),
  (height, n) =>
    event('EventBondChanged', {
      owner: owner(n),
      old_bond: '1000000',
      new_bond: '1000000',
      old_locked: '0',
      new_locked: `${(height * 7) % 1_000}`,
      cause: 'lease',
      lots: '100',
    }),
  (height, n) =>
    event('EventReputationChanged', {
      owner: owner(n),
      old_availability: 5_000,
      new_availability: 5_000 + (height % 5_000),
      old_reputation: '1000',
      new_reputation: `${1_000 + (height % 500)}`,
      batches_final: `${height}`,
      missed: 0,
      cause: 'final',
      job_id: `${1 + (height % 100)}`,
      batch: n,
      epoch: 0,
    }),
];

const eventsOf = (height: number, density: Density): readonly RawEvent[] => {
  if (height === 1) return Array.from({ length: WORKERS }, (_, n) => registered(n));
  return Array.from({ length: density }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? kinds[0];
    return kind?.(height, (height + i) % WORKERS) ?? registered(i);
  });
};

/** What a node answers about a chain of so many blocks, as JSON text ready to be sent. */
export interface Replay {
  readonly status: string;
  readonly block: readonly string[];
  readonly results: readonly string[];
  readonly events: number;
}

export const replayOf = (blocks: number, density: Density): Replay => {
  const heights = Array.from({ length: blocks }, (_, i) => i + 1);
  const time = (height: number) => new Date(1_700_000_000_000 + height * 1_000).toISOString();
  return {
    status: JSON.stringify({
      node_info: { network: CHAIN, version: '0.38.0' },
      sync_info: {
        latest_block_height: `${blocks}`,
        latest_block_time: time(blocks),
        earliest_block_height: '1',
        catching_up: false,
      },
    }),
    block: heights.map((height) =>
      JSON.stringify({
        block_id: { hash: hash(height) },
        block: {
          header: {
            chain_id: CHAIN,
            height: `${height}`,
            time: time(height),
            last_block_id: { hash: height === 1 ? '' : hash(height - 1) },
            app_hash: hash(height),
            proposer_address: 'AB'.repeat(20),
          },
          data: { txs: [] },
        },
      }),
    ),
    results: heights.map((height) =>
      JSON.stringify({
        height: `${height}`,
        txs_results: null,
        finalize_block_events: eventsOf(height, density),
      }),
    ),
    events: heights.reduce((sum, height) => sum + (height === 1 ? WORKERS : density), 0),
  };
};
