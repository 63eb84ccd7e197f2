import { everyPage } from '@dmcn/chain-client';
import { jobsInIndex } from '@dmcn/chain-client/indexed';
import { formatDmc } from '@dmcn/protocol';
import type { Command } from 'commander';
import { table } from '../output.js';
import { readThrough, showAnswer } from '../reading.js';
import { type MakeContext, noun, verb } from '../verb.js';
import { addJobDecisions } from './job-decisions.js';
import { addJobFollowing } from './job-following.js';
import { addJobSubmission } from './job-submission.js';

export function addJob(program: Command, makeContext: MakeContext): void {
  const job = noun(program, 'job', 'jobs: a program over many inputs, each of them one unit');
  addJobSubmission(job, makeContext);
  addJobFollowing(job, makeContext);
  addJobDecisions(job, makeContext);
  addList(job, makeContext);
}

function addList(job: Command, makeContext: MakeContext): void {
  verb(job, 'list', 'lists jobs', 'dmcn job list --mine')
    .option('--mine', 'only those of the key that signs')
    .action(async (flags) => {
      const context = makeContext(flags);
      const requester = flags.mine ? (await context.account()).signer.address : undefined;
      const answered = await readThrough(context, jobsInIndex(requester), (chain) =>
        everyPage((page) => chain.jobs({ ...page, ...(requester && { requester }) })),
      );
      showAnswer(
        context,
        answered,
        (jobs) => jobs,
        (jobs) =>
          table(
            ['job', 'state', 'units', 'batches', 'paid', 'requester'],
            jobs.map((each) => [
              String(each.id),
              each.state,
              String(each.spec.units),
              `${each.finalBatches}/${each.batches}`,
              formatDmc(each.paid),
              each.requester,
            ]),
          ),
      );
    });
}
