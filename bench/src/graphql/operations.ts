import type { Reader } from '@dmcn/indexer';

/** An operation, and by hand what its data are. */
export interface Operation {
  readonly query: string;
  readonly byHand: (reader: Reader) => unknown;
}

const first = <Row>(
  page: { readonly edges: readonly { readonly node: Row }[] },
  shape: (row: Row) => unknown,
) => ({ edges: page.edges.map(({ node }) => ({ node: shape(node) })) });

const newest = { field: 'id', descending: true } as const;

export const operations = {
  point: {
    query: '{ job(id: "7") { id state requester moduleId funded paid } }',
    byHand: (reader) => {
      const job = reader.get('jobs', 7n);
      if (job === undefined) return { job: null };
      const { state, requester, moduleId, funded, paid } = job;
      return { job: { id: '7', state, requester, moduleId, funded: `${funded}`, paid: `${paid}` } };
    },
  },
  list: {
    query:
      '{ jobs(first: 50) { edges { node { id state requester moduleId funded paid submittedHeight } } } }',
    byHand: (reader) => ({
      jobs: first(reader.jobs.page({}, newest, { size: 50 }), (job) => ({
        id: `${job.id}`,
        state: job.state,
        requester: job.requester,
        moduleId: job.moduleId,
        funded: `${job.funded}`,
        paid: `${job.paid}`,
        submittedHeight: job.submittedHeight,
      })),
    }),
  },
  nested: {
    query:
      '{ jobs(first: 50) { edges { node { id state batches(first: 5) { edges { node { index state epoch deadline } } } } } } }',
    byHand: (reader) => ({
      jobs: first(reader.jobs.page({}, newest, { size: 50 }), ({ id, state }) => ({
        id: `${id}`,
        state,
        batches: first(reader.batches.page({ jobId: id }, { field: 'id' }, { size: 5 }), (batch) => ({
          index: batch.batch,
          state: batch.state,
          epoch: batch.epoch,
          deadline: batch.deadline,
        })),
      })),
    }),
  },
  aggregate: {
    query:
      '{ network { jobs openJobs batches unitsPaid paid funded workers } market { periods(size: HOUR, first: 24) { edges { node { start batchesPaid gasPaid paid } } } } }',
    byHand: (reader) => {
      const totals = reader.get('totals', 1);
      if (totals === undefined) throw new RangeError('the index is empty');
      const { jobs, openJobs, batches, unitsPaid, paid, funded, workers } = totals;
      const periods = reader.marketPeriods.page(
        { size: 'hour' },
        { field: 'start', descending: true },
        { size: 24 },
      );
      return {
        network: {
          jobs: `${jobs}`,
          openJobs: `${openJobs}`,
          batches: `${batches}`,
          unitsPaid: `${unitsPaid}`,
          paid: `${paid}`,
          funded: `${funded}`,
          workers: `${workers}`,
        },
        market: {
          periods: first(periods, (period) => ({
            start: new Date(period.start).toISOString(),
            batchesPaid: `${period.batchesPaid}`,
            gasPaid: `${period.gasPaid}`,
            paid: `${period.paid}`,
          })),
        },
      };
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;

export const operationNames = Object.keys(operations) as readonly OperationName[];

/** Body of the request for an operation. */
export const bodyOf = (name: OperationName): string => JSON.stringify({ query: operations[name].query });
