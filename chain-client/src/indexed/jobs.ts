import type { ResultOf } from 'gql.tada';
import type { Address, Job, JobState, Mode } from '../types/index.js';
import { everyNode } from './every-node.js';
import { graphql } from './graphql.js';
import type { ReadIndex } from './index-first.js';
import { NonsenseError, read } from './values.js';

const JobFields = graphql(`
  fragment JobFields on Job {
    id
    requester
    state
    royaltyBps
    feeBps
    author
    auditFloor
    batchCount
    nextBatch
    liveBatches
    finalBatches
    endedBatches
    funded
    paid
    royalties
    fees
    audits
    refunded
    remaining
    submittedHeight
    settledHeight
    missingReporters
    cancelled
    prunedBatches
    prunedHeight
    moduleId
    args
    unitCount
    inputRoot
    inputIndex
    batchSize
    gasLimit
    memoryLimit
    maxPrice
    auditBps
    auditors
    samples
    mode
    locators
    encryptionKey
    deadline
    features
  }
`);

const JOB = graphql(`query Job($id: UInt64!) { job(id: $id) { ...JobFields } }`, [JobFields]);

const JOBS = graphql(
  `query Jobs($requester: String, $after: String) {
    jobs(filter: { requester: $requester }, orderBy: ID_ASC, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { ...JobFields } }
    }
  }`,
  [JobFields],
);

/** A job by its id. */
export const jobInIndex =
  (id: bigint): ReadIndex<Job> =>
  async (ask) => {
    const { job } = await ask(JOB, { id: String(id) });
    if (job === null) return undefined;
    const found = toJob(job);
    if (found.id !== id) throw new NonsenseError(`job ${id}`, String(found.id));
    return found;
  };

/** Jobs in the order of their ids, of one requester if named. */
export const jobsInIndex =
  (requester?: Address): ReadIndex<readonly Job[]> =>
  async (ask) => {
    const page = async (after: string | null) =>
      (await ask(JOBS, { requester: requester ?? null, after })).jobs;
    const jobs = (await everyNode(page)).map(toJob);
    for (const [i, { id }] of jobs.entries()) {
      const before = jobs[i - 1]?.id ?? 0n;
      if (id <= before) throw new NonsenseError(`the job behind job ${before}`, String(id));
    }
    return jobs;
  };

const states: readonly JobState[] = ['Open', 'Suspended', 'Settled', 'Expired'];
const modes: readonly Mode[] = ['public', 'sealed'];

const toJob = (job: ResultOf<typeof JobFields>): Job => ({
  id: read.uint64('id', job.id),
  requester: read.address('requester', job.requester),
  spec: {
    moduleId: read.hash('moduleId', job.moduleId),
    args: read.list('args', job.args, read.text),
    units: read.count('unitCount', job.unitCount),
    inputRoot: read.hash('inputRoot', job.inputRoot),
    inputIndex: read.hash('inputIndex', job.inputIndex),
    batchSize: read.count('batchSize', job.batchSize),
    gasLimit: read.uint64('gasLimit', job.gasLimit),
    memoryLimit: read.uint64('memoryLimit', job.memoryLimit),
    maxPrice: read.amount('maxPrice', job.maxPrice),
    assurance: {
      auditBps: read.count('auditBps', job.auditBps),
      auditors: read.count('auditors', job.auditors),
      samples: read.count('samples', job.samples),
    },
    mode: read.oneOf('mode', job.mode, modes),
    locators: read.list('locators', job.locators, read.text),
    encryptionKey: read.hash('encryptionKey', job.encryptionKey),
    deadline: read.count('deadline', job.deadline),
    features: read.list('features', job.features, read.text),
  },
  state: read.oneOf('state', job.state, states),
  royaltyBps: read.count('royaltyBps', job.royaltyBps),
  feeBps: read.count('feeBps', job.feeBps),
  author: read.address('author', job.author),
  auditFloor: read.amount('auditFloor', job.auditFloor),
  batches: read.count('batchCount', job.batchCount),
  nextBatch: read.count('nextBatch', job.nextBatch),
  liveBatches: read.count('liveBatches', job.liveBatches),
  finalBatches: read.count('finalBatches', job.finalBatches),
  endedBatches: read.count('endedBatches', job.endedBatches),
  funded: read.amount('funded', job.funded),
  paid: read.amount('paid', job.paid),
  royalties: read.amount('royalties', job.royalties),
  fees: read.amount('fees', job.fees),
  audits: read.amount('audits', job.audits),
  refunded: read.amount('refunded', job.refunded),
  remaining: read.amount('remaining', job.remaining),
  submittedHeight: read.count('submittedHeight', job.submittedHeight),
  settledHeight: read.count('settledHeight', job.settledHeight ?? 0),
  missingReporters: read.list('missingReporters', job.missingReporters, read.address),
  cancelled: read.flag('cancelled', job.cancelled),
  prunedBatches: read.count('prunedBatches', job.prunedBatches),
  prunedHeight: read.count('prunedHeight', job.prunedHeight ?? 0),
});
