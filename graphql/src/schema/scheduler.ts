import type { Candidate } from '@dmcn/indexer';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { BadArgumentError } from '../errors.js';
import { Worker } from './refs.js';
import { namedRow } from './row.js';

/** Most workers that one question looks at. */
const CANDIDATES = 2_000;
/** Levels of demand that make up the queue. */
const LEVELS = 1_000;
/** Blocks over which the time of a block is measured. */
const PACE = 100;
const GIGA = 10n ** 9n;

const WorkNeeds = builder.inputType('WorkNeeds', {
  description: 'What a batch asks of its worker.',
  fields: (t) => ({
    moduleId: t.field({ type: 'Hex' }),
    gasLimit: t.field({ type: 'UInt64', required: true, description: 'Of a unit.' }),
    memoryLimit: t.field({ type: 'UInt64', required: true, description: 'Of a unit, in bytes.' }),
    maxPrice: t.field({ type: 'Amount', required: true, description: 'udmc for 10^9 gas.' }),
    features: t.stringList({ required: true, defaultValue: [] }),
    batchSize: t.int({ required: true, defaultValue: 32 }),
  }),
});

type NeedsInput = typeof WorkNeeds.$inferInput;

/** Bond that the lease of a full batch locks: ceil(25 * n * G * P / 10^9). */
const bondOf = ({ gasLimit, maxPrice, batchSize }: NeedsInput): bigint =>
  (25n * BigInt(batchSize) * gasLimit * maxPrice + GIGA - 1n) / GIGA;

const candidatesFor = ({ reader, rows }: Context, needs: NeedsInput): readonly Candidate[] => {
  if (needs.batchSize < 1 || needs.batchSize > 64) {
    throw new BadArgumentError(`a batch has 1 to 64 units, not ${needs.batchSize}`);
  }
  rows.spend(CANDIDATES);
  const { moduleId, gasLimit, memoryLimit, maxPrice, features } = needs;
  return reader.candidates(
    {
      ...(moduleId != null && { moduleId }),
      gasLimit,
      memoryLimit,
      maxPrice,
      features: features ?? [],
      bond: bondOf(needs),
    },
    CANDIDATES,
  );
};

/** What a draw compares: ask * (1 + load) / reputation; the lowest one of those drawn gets the offer. */
const scoreOf = ({ ask, load, reputation }: Candidate): number =>
  (Number(ask) * (1 + load)) / Math.max(reputation, 1);

const EligibleWorker = builder.objectRef<Candidate>('EligibleWorker').implement({
  fields: (t) => ({
    worker: t.field({
      type: Worker,
      resolve: ({ owner }, _args, context) => namedRow(context, 'workers', owner),
    }),
    score: t.float({
      description: 'ask * (1 + load) / reputation: of the workers drawn, the lowest gets the offer.',
      resolve: scoreOf,
    }),
    freeBond: t.expose('free', { type: 'Amount', description: 'What leases can still lock.' }),
  }),
});

interface WaitFor {
  readonly needs: NeedsInput;
  readonly units: number;
}

interface Wait {
  readonly workers: number;
  readonly rate: bigint;
  readonly queue: {
    readonly jobs: number;
    readonly batches: number;
    readonly units: number;
    readonly gas: bigint;
  };
  readonly blocks: number | null;
  readonly secondsPerBlock: number | null;
}

const queueOf = ({ reader, rows }: Context, price: bigint): Wait['queue'] => {
  rows.spend(LEVELS);
  const competing = reader.demandLevels(LEVELS).filter(({ maxPrice }) => maxPrice >= price);
  return competing.reduce(
    (sum, level) => ({
      jobs: sum.jobs + level.jobs,
      batches: sum.batches + level.batches,
      units: sum.units + level.units,
      gas: sum.gas + level.gas,
    }),
    { jobs: 0, batches: 0, units: 0, gas: 0n },
  );
};

/** Mean time of the last blocks in seconds; null while there are fewer than two. */
const paceOf = ({ reader, rows }: Context): number | null => {
  rows.spend(2);
  const height = reader.checkpoint()?.height ?? 0;
  const first = Math.max(1, height - PACE);
  const [from, to] = [reader.get('blocks', first), reader.get('blocks', height)];
  return from === undefined || to === undefined || height === first
    ? null
    : (to.time - from.time) / (height - first) / 1_000;
};

const waitFor = (context: Context, { needs, units }: WaitFor): Wait => {
  const workers = candidatesFor(context, needs);
  const rate = workers.reduce((sum, worker) => sum + worker.rate, 0n);
  const lowest = workers.at(0)?.ask ?? needs.maxPrice;
  const queue = queueOf(context, lowest);
  const gas = queue.gas + BigInt(units) * needs.gasLimit;
  return {
    workers: workers.length,
    rate,
    queue,
    blocks: rate === 0n ? null : Number((gas + rate - 1n) / rate),
    secondsPerBlock: paceOf(context),
  };
};

const Queue = builder.objectRef<Wait['queue']>('QueueDepth').implement({
  description: 'What open jobs wait for.',
  fields: (t) => ({
    jobs: t.exposeInt('jobs'),
    batches: t.exposeInt('batches', { description: 'That wait for a draw.' }),
    units: t.exposeInt('units', { description: 'At most.' }),
    gas: t.expose('gas', { type: 'UInt64', description: 'At most.' }),
  }),
});

const ExpectedWait = builder.objectRef<Wait>('ExpectedWait').implement({
  description:
    'How long work would take if eligible workers did the queue and the work at their registered rates. An estimate: gas limits count as used, and workers as free.',
  fields: (t) => ({
    eligibleWorkers: t.exposeInt('workers', { description: `At most ${CANDIDATES}.` }),
    rate: t.expose('rate', { type: 'UInt64', description: 'Gas a block of all of them.' }),
    queue: t.field({
      type: Queue,
      description: 'Of jobs that the cheapest eligible worker takes too.',
      resolve: ({ queue }) => queue,
    }),
    blocks: t.exposeFloat('blocks', { nullable: true, description: 'Null where nobody is eligible.' }),
    seconds: t.float({
      nullable: true,
      resolve: ({ blocks, secondsPerBlock }) =>
        blocks === null || secondsPerBlock === null ? null : blocks * secondsPerBlock,
    }),
  }),
});

builder.queryFields((t) => ({
  eligibleWorkers: t.field({
    type: [EligibleWorker],
    description: `Active workers that fit and have the bond, the lowest score first, of the ${CANDIDATES} cheapest.`,
    args: {
      needs: t.arg({ type: WorkNeeds, required: true }),
      first: t.arg.int({ required: true, defaultValue: 20 }),
    },
    resolve: (_root, { needs, first }, context) => {
      if (first < 0 || first > 100) throw new BadArgumentError(`ask for 0 to 100 workers, not ${first}`);
      return [...candidatesFor(context, needs)].sort((a, b) => scoreOf(a) - scoreOf(b)).slice(0, first);
    },
  }),
  queueDepth: t.field({
    type: Queue,
    args: {
      minPrice: t.arg({ type: 'Amount', description: 'Only jobs that pay at least this for 10^9 gas.' }),
    },
    resolve: (_root, { minPrice }, context) => queueOf(context, minPrice ?? 0n),
  }),
  expectedWait: t.field({
    type: ExpectedWait,
    args: {
      needs: t.arg({ type: WorkNeeds, required: true }),
      units: t.arg.int({ required: true, defaultValue: 1, description: 'Of the work itself.' }),
    },
    resolve: (_root, args, context) => waitFor(context, args),
  }),
}));
