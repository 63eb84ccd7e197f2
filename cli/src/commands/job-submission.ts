import { formatDmc } from '@dmcn/protocol';
import { estimateJob, JOB_DEFAULTS } from '@dmcn/requester';
import { createExecutor } from '@dmcn/runtime/node';
import type { Command } from 'commander';
import { readInputs } from '../files.js';
import { readAsk } from '../job/ask.js';
import { choicesOf, type JobFlags, withJobFlags } from '../job/choices.js';
import { collect } from '../job/collect.js';
import { whileRepeatable, whileResumable } from '../job/interruption.js';
import { moduleCodeOf } from '../job/module-of.js';
import { report } from '../job/report.js';
import { freeSubmission, jobOfDirectory, lockDirectory } from '../job/run.js';
import { submitOnce } from '../job/submit.js';
import { parse } from '../options.js';
import { OutputDirectory } from '../output-directory.js';
import { type MakeContext, verb } from '../verb.js';

/** The verbs that bring a job onto the chain, or tell what that would cost. */
export function addJobSubmission(job: Command, makeContext: MakeContext): void {
  addRun(job, makeContext);
  addEstimate(job, makeContext);
  addSubmit(job, makeContext);
}

function addRun(job: Command, makeContext: MakeContext): void {
  const example = 'dmcn job run --module task.wasm --input-dir inputs --output results';
  withJobFlags(verb(job, 'run', 'submits a job, waits for it and fetches its results', example))
    .requiredOption('--output <dir>', 'where the results go: NAME.out for each unit, and manifest.json')
    .option('--verify <rate>', 'share of the units to run here too before they are accepted', parse.rate, 0)
    .action(async (flags) => {
      const context = makeContext(flags);
      const account = await context.account();
      const ask = await readAsk(flags, account, context);
      const directory = await OutputDirectory.open(flags.output);
      await lockDirectory(directory);
      const jobId = await whileRepeatable(context, () => jobOfDirectory(directory, ask, account, context));
      await whileResumable(context, jobId, flags.output, async () => {
        report(await collect(jobId, directory, flags, account, context), context);
      });
    });
}

function addEstimate(job: Command, makeContext: MakeContext): void {
  const example = 'dmcn job estimate --module task.wasm --input-dir inputs --sample 4';
  withJobFlags(verb(job, 'estimate', 'runs a sample here and prints gas, price and time', example))
    .option('--sample <units>', 'units to run', parse.integer(1, 1_000), 3)
    .action(async (flags: JobFlags & { sample: number }) => {
      const context = makeContext(flags);
      const inputs = await readInputs(flags);
      const module = await moduleCodeOf(flags.module, context);
      const choices = choicesOf(flags);
      const executor = createExecutor();
      try {
        const estimate = await estimateJob(module, inputs, executor, {
          args: flags.args,
          gasLimit: choices.gasLimit ?? JOB_DEFAULTS.gasLimit,
          memoryLimit: choices.memoryLimit ?? JOB_DEFAULTS.memoryLimit,
          price: choices.maxPrice ?? JOB_DEFAULTS.maxPrice,
          sample: flags.sample,
          signal: context.signal,
        });
        context.out.result(estimate, () =>
          [
            `${estimate.sampled} of ${estimate.units} units ran here`,
            `gas of a unit: ${estimate.gasPerUnit} on average, ${estimate.gasLargest} at most`,
            `cost of all: about ${formatDmc(estimate.cost)} DMC, without royalty and fee`,
            `time of all on one machine like this: ${estimate.seconds.toFixed(1)} s`,
            ...estimate.failed.map(({ name, status }) => `unit ${name} ended with ${status}`),
          ].join('\n'),
        );
      } finally {
        await executor.close();
      }
    });
}

function addSubmit(job: Command, makeContext: MakeContext): void {
  const example = 'dmcn job submit --module task.wasm --input data.csv --lines-per-unit 1000';
  withJobFlags(verb(job, 'submit', 'submits a job and prints its id', example)).action(
    async (flags: JobFlags) => {
      const context = makeContext(flags);
      const account = await context.account();
      const ask = await readAsk(flags, account, context);
      const name = await freeSubmission(ask, context);
      const submitted = await whileRepeatable(context, () => submitOnce(ask, name, account, context));
      const { jobId, escrow, hash, height } = submitted;
      context.out.result({ jobId, moduleId: ask.module.id, escrow, hash, height }, () => String(jobId));
      await submitted.noted();
    },
  );
}
