import { everyPage } from '@dmcn/chain-client';
import { formatDmc, locateUnit } from '@dmcn/protocol';
import { estimateJob, JOB_DEFAULTS } from '@dmcn/requester';
import { createExecutor } from '@dmcn/runtime/node';
import { type Command, InvalidArgumentError } from 'commander';
import type { Account, Context } from '../context.js';
import { readInputs } from '../files.js';
import { readAsk } from '../job/ask.js';
import { choicesOf, type JobFlags, withJobFlags } from '../job/choices.js';
import { collect, type Results } from '../job/collect.js';
import { moduleCodeOf } from '../job/module-of.js';
import { freeSubmission, jobOfDirectory, lockDirectory } from '../job/run.js';
import { submitOnce } from '../job/submit.js';
import { recallJob } from '../job-home.js';
import { parse } from '../options.js';
import { table } from '../output.js';
import { OutputDirectory } from '../output-directory.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addJob(program: Command, makeContext: MakeContext): void {
  const job = noun(program, 'job', 'jobs: a program over many inputs, each of them one unit');
  addRun(job, makeContext);
  addEstimate(job, makeContext);
  addSubmit(job, makeContext);
  addFollowing(job, makeContext);
  addDecisions(job, makeContext);
  addList(job, makeContext);
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

function addFollowing(job: Command, makeContext: MakeContext): void {
  verb(job, 'status <id>', 'shows how far a job is', 'dmcn job status 7').action(
    async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const found = await (await context.chain()).job(jobId);
      const { spec, ...rest } = found;
      context.out.result(
        { ...rest, units: spec.units, moduleId: spec.moduleId, deadline: spec.deadline },
        () =>
          [
            `job ${found.id}: ${found.state}${found.cancelled ? ', cancelled' : ''}`,
            `${spec.units} units in ${found.batches} batches: ${found.finalBatches} final, ${found.endedBatches} ended, ${found.liveBatches} under way`,
            `funded ${formatDmc(found.funded)} DMC, paid ${formatDmc(found.paid)}, refunded ${formatDmc(found.refunded)}, remaining ${formatDmc(found.remaining)}`,
          ].join('\n'),
      );
    },
  );

  verb(job, 'wait <id>', 'waits until a job is over, accepting what is right', 'dmcn job wait 7')
    .option('--verify <rate>', 'share of the units to run here too before they are accepted', parse.rate, 0)
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const account = await accountOf(jobId, context);
      const { job: over } = await collect(jobId, undefined, flags, account, context);
      context.out.result({ jobId, state: over.state }, () => over.state);
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
}

function addDecisions(job: Command, makeContext: MakeContext): void {
  verb(
    job,
    'accept <id>',
    'accepts batches that are open, so that they are paid at once',
    'dmcn job accept 7 --batch 0',
  )
    .option('--batch <number>', 'only this batch, may be repeated', parse.each(parse.integer(0, 2 ** 20)))
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const chain = await context.chain();
      const { signer } = await accountOf(jobId, context);
      const batches = await everyPage((page) => chain.batches({ ...page, jobId }));
      const open = batches.filter(
        ({ state, index }) => state === 'Challenge' && (!flags.batch || flags.batch.includes(index)),
      );
      for (const { index, epoch } of open) {
        await chain.acceptBatch({ jobId, batch: index, epoch }, { signer, signal: context.signal });
      }
      const accepted = open.map(({ index }) => index);
      context.out.result({ jobId, accepted }, () => `accepted ${accepted.length} batches`);
    });

  verb(
    job,
    'demand <id>',
    'demands the output of a unit on chain, against a deposit',
    'dmcn job demand 7 --unit 12',
  )
    .requiredOption('--unit <number>', 'index of the unit over the whole job', parse.integer(0, 2 ** 20 - 1))
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const chain = await context.chain();
      const { spec } = await chain.job(jobId);
      const { batch } = locateUnit(spec, flags.unit);
      const { epoch } = await chain.batch({ jobId, batch });
      const { signer } = await accountOf(jobId, context);
      const { hash, height } = await chain.demandOutput(
        { jobId, batch, epoch, unit: flags.unit },
        { signer, signal: context.signal },
      );
      context.out.result({ jobId, unit: flags.unit, hash, height }, () => `demanded at height ${height}`);
    });

  verb(
    job,
    'confirm <id>',
    'tells that the inputs can be fetched, after workers reported them missing',
    'dmcn job confirm 7',
  )
    .option('--blobs <url>', 'blob store that has them now, may be repeated', parse.each(parse.url))
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const { signer } = await accountOf(jobId, context);
      const chain = await context.chain();
      const { hash, height } = await chain.confirmInputs(
        { jobId, locators: flags.blobs ?? [] },
        { signer, signal: context.signal },
      );
      context.out.result({ jobId, hash, height }, () => `confirmed at height ${height}`);
    });

  verb(job, 'cancel <id>', 'ends what nobody has leased; the rest runs out', 'dmcn job cancel 7').action(
    async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const { signer } = await accountOf(jobId, context);
      const chain = await context.chain();
      const { hash, height } = await chain.cancelJob({ jobId }, { signer, signal: context.signal });
      context.out.result({ jobId, hash, height }, () => `cancelled at height ${height}`);
    },
  );
}

function addList(job: Command, makeContext: MakeContext): void {
  verb(job, 'list', 'lists jobs', 'dmcn job list --mine')
    .option('--mine', 'only those of the key that signs')
    .action(async (flags) => {
      const context = makeContext(flags);
      const chain = await context.chain();
      const requester = flags.mine ? (await context.account()).signer.address : undefined;
      const jobs = await everyPage((page) => chain.jobs({ ...page, ...(requester && { requester }) }));
      context.out.result(jobs, () =>
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

/** The key that submitted a job, or the one that was chosen. */
async function accountOf(jobId: bigint, context: Context): Promise<Account> {
  const { chainId } = await context.chain();
  return context.account(recallJob(context.home, chainId, jobId)?.from);
}

/** Says what to do where the user interrupts a submission. */
async function whileRepeatable<T>({ signal, out }: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) {
      out.progress(
        'interrupted; the same command again goes on where this one was, and submits nothing twice',
      );
    }
    throw error;
  }
}

/** Says how to go on where the user interrupts. */
async function whileResumable(
  { signal, out }: Context,
  jobId: bigint,
  directory: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const resume = `dmcn job fetch ${jobId} --output ${directory}`;
    out.progress(
      signal.aborted
        ? `job ${jobId} goes on; resume with "${resume}"`
        : `job ${jobId} goes on; try "${resume}"`,
    );
    throw error;
  }
}

function report({ manifest, missing }: Results, { out }: Context): void {
  const done = manifest.units.filter(({ status }) => status !== null);
  if (missing.length > 0) {
    out.progress(
      `the outputs of ${missing.length} units were shown by nobody: ${missing.slice(0, 10).join(', ')}`,
    );
    process.exitCode = 1;
  }
  if (done.length < manifest.units.length) {
    out.progress(`${manifest.units.length - done.length} units were never done; their money is refunded`);
    process.exitCode = 1;
  }
  const byStatus = new Map<string, number>();
  for (const { status } of done) byStatus.set(status ?? '', (byStatus.get(status ?? '') ?? 0) + 1);
  out.result(manifest, () =>
    [
      `job ${manifest.jobId}: ${[...byStatus].map(([status, count]) => `${count} ${status}`).join(', ')}`,
      `paid ${formatDmc(BigInt(manifest.paid))} DMC, fee ${formatDmc(BigInt(manifest.fee))}, royalty ${formatDmc(BigInt(manifest.royalty))}, refunded ${formatDmc(BigInt(manifest.refunded))} of ${formatDmc(BigInt(manifest.funded))}`,
    ].join('\n'),
  );
}

function jobIdOf(text: string): bigint {
  if (/^[1-9]\d{0,18}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError(`"${text}" is no job id; give a number such as 7`);
}
