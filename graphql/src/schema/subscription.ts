import type { Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { type Given, streamOf } from '../stream.js';
import { Block, Job, Lease } from './refs.js';
import { isOfNoRow } from './row.js';

/** Blocks that a subscriber that fell behind still gets one by one. */
const CATCH_UP = 100;

builder.subscriptionType({
  description: 'Over server-sent events, or over a WebSocket by graphql-transport-ws.',
});

const newBlocks = ({ heights, reader, rows }: Context) => {
  let last = heights.current();
  return streamOf(heights.each(), (height): Given<Rows['blocks']> => {
    rows.reset();
    const from = Math.max(last + 1, height - CATCH_UP);
    last = height;
    const count = Math.max(height - from + 1, 0);
    return { items: Array.from({ length: count }, (_, i) => reader.get('blocks', from + i) ?? []).flat() };
  });
};

const progressOf = (id: bigint, { heights, reader, rows }: Context) => {
  let seen = -1;
  const look = (): Given<Rows['jobs']> => {
    const job = isOfNoRow([id]) ? undefined : reader.get('jobs', id);
    if (job === undefined || job.changedHeight <= seen) return { items: [] };
    seen = job.changedHeight;
    rows.reset();
    return { items: [job], over: job.settledHeight > 0 };
  };
  return streamOf(heights.each(), look, look());
};

const offersTo = (worker: string, { heights, reader, rows }: Context) => {
  let last = heights.current();
  return streamOf(heights.each(), (height): Given<Rows['leases']> => {
    rows.reset();
    const offered = heights.offersAfter(last, reader).filter((batch) => batch.worker === worker);
    last = height;
    return {
      items: offered.flatMap(({ jobId, batch, epoch }) => reader.get('leases', jobId, batch, epoch) ?? []),
    };
  });
};

builder.subscriptionFields((t) => ({
  blocks: t.field({
    type: Block,
    description: 'Each new block.',
    subscribe: (_root, _args, context) => newBlocks(context),
    resolve: (block: Rows['blocks']) => block,
  }),
  jobProgress: t.field({
    type: Job,
    description: 'The job now, and again whenever it or one of its batches changed; ends once it is over.',
    args: { id: t.arg({ type: 'UInt64', required: true }) },
    subscribe: (_root, { id }, context) => progressOf(id, context),
    resolve: (job: Rows['jobs']) => job,
  }),
  workerOffers: t.field({
    type: Lease,
    description: 'Each new offer to a worker.',
    args: { owner: t.arg.string({ required: true }) },
    subscribe: (_root, { owner }, context) => offersTo(owner, context),
    resolve: (lease: Rows['leases']) => lease,
  }),
}));
