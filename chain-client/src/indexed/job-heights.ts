import { everyNode } from './every-node.js';
import { graphql } from './graphql.js';
import type { ReadIndex } from './index-first.js';
import { read } from './values.js';

const BATCHES = graphql(`
  query BatchHeights($id: UInt64!, $after: String) {
    job(id: $id) {
      submittedHeight
      settledHeight
      batches(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        edges { node { lease { committedHeight openedHeight } } }
      }
    }
  }
`);

const PAYMENTS = graphql(`
  query PaymentHeights($id: UInt64!, $after: String) {
    payments(filter: { jobId: $id }, orderBy: HEIGHT_ASC, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { height } }
    }
  }
`);

const none = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

/**
 * The blocks in which a job was submitted and settled, and its batches committed, opened and paid, in their order. What
 * happened there is for the blocks themselves to say.
 */
export const jobHeightsInIndex =
  (jobId: bigint): ReadIndex<readonly number[]> =>
  async (ask) => {
    const id = String(jobId);
    const own: (number | null)[] = [];
    const leases = await everyNode(async (after) => {
      const { job } = await ask(BATCHES, { id, after });
      own.push(job?.submittedHeight ?? null, job?.settledHeight ?? null);
      return job?.batches ?? none;
    });
    const payments = await everyNode(async (after) => (await ask(PAYMENTS, { id, after })).payments);
    const heights = [
      ...own,
      ...leases.flatMap(({ lease }) => [lease?.committedHeight ?? null, lease?.openedHeight ?? null]),
      ...payments.map(({ height }) => height),
    ];
    const known = heights.flatMap((height) => (height === null ? [] : [read.count('height', height)]));
    return known.length === 0 ? undefined : [...new Set(known)].toSorted((a, b) => a - b);
  };
