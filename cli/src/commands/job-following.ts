import { jobInIndex } from '@dmcn/chain-client/indexed';
import { formatDmc } from '@dmcn/protocol';
import type { Command } from 'commander';
import { accountOf, jobIdOf } from '../job/account-of.js';
import { collect } from '../job/collect.js';
import { whileResumable } from '../job/interruption.js';
import { overByIndexAlone } from '../job/over.js';
import { readReceipt, receiptText } from '../job/receipt.js';
import { prunedText, report } from '../job/report.js';
import { lockDirectory } from '../job/run.js';
import { parse } from '../options.js';
import { OutputDirectory } from '../output-directory.js';
import { readThrough, showAnswer } from '../reading.js';
import { type MakeContext, verb } from '../verb.js';

/** The verbs that show how far a job is, and bring home what it gave. */
export function addJobFollowing(job: Command, makeContext: MakeContext): void {
  verb(job, 'status <id>', 'shows how far a job is', 'dmcn job status 7').action(
    async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const answered = await readThrough(context, jobInIndex(jobId), (chain) => chain.job(jobId));
      showAnswer(
        context,
        answered,
        ({ spec, ...rest }) => ({
          ...rest,
          ...{ units: spec.units, moduleId: spec.moduleId, deadline: spec.deadline },
        }),
        ({ spec, ...found }) =>
          [
            `job ${found.id}: ${found.state}${found.cancelled ? ', cancelled' : ''}`,
            `${spec.units} units in ${found.batches} batches: ${found.finalBatches} final, ${found.endedBatches} ended, ${found.liveBatches} under way`,
            `funded ${formatDmc(found.funded)} DMC, paid ${formatDmc(found.paid)}, refunded ${formatDmc(found.refunded)}, remaining ${formatDmc(found.remaining)}`,
            ...(found.prunedBatches > 0 ? [prunedText(found)] : []),
          ].join('\n'),
      );
    },
  );

  verb(job, 'wait <id>', 'waits until a job is over, accepting what is right', 'dmcn job wait 7')
    .option('--verify <rate>', 'share of the units to run here too before they are accepted', parse.rate, 0)
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const known = await overByIndexAlone(jobId, context);
      if (known !== undefined) {
        showAnswer(
          context,
          known,
          ({ state }) => ({ jobId, state }),
          ({ state }) => state,
        );
        return;
      }
      const account = await accountOf(jobId, context);
      const { job: over, pruned } = await collect(jobId, undefined, flags, account, context);
      if (pruned.length > 0) context.out.progress(prunedText(over));
      context.out.result({ jobId, state: over.state, source: 'chain' }, () => over.state);
    });

  verb(
    job,
    'fetch <id>',
    'waits for a job and fetches its results; resumes an interrupted run',
    'dmcn job fetch 7 --output results',
  )
    .requiredOption('--output <dir>', 'where the results go')
    .option('--verify <rate>', 'share of the units to run here too before they are accepted', parse.rate, 0)
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const { chainId } = await context.chain();
      const directory = await OutputDirectory.ofJob(flags.output, chainId, jobId);
      await lockDirectory(directory);
      const account = await accountOf(jobId, context);
      await whileResumable(context, jobId, flags.output, async () => {
        report(await collect(jobId, directory, flags, account, context), context);
      });
    });

  verb(job, 'receipt <id>', 'shows who was paid what for a job that is over', 'dmcn job receipt 7').action(
    async (text: string, flags) => {
      const context = makeContext(flags);
      const receipt = await readReceipt(jobIdOf(text), context);
      context.out.result(receipt, () => receiptText(receipt));
    },
  );
}
