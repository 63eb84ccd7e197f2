import { everyPage } from '@dmcn/chain-client';
import { formatDmc, locateUnit } from '@dmcn/protocol';
import { challengeOf } from '@dmcn/requester';
import type { Command } from 'commander';
import { accountOf, jobIdOf } from '../job/account-of.js';
import { parse } from '../options.js';
import { type MakeContext, verb } from '../verb.js';

/** The verbs with which a requester decides about a job that is under way. */
export function addJobDecisions(job: Command, makeContext: MakeContext): void {
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
    'challenge <id>',
    'has the referees execute a unit of a batch that is open, against a deposit',
    'dmcn job challenge 7 --unit 12',
  )
    .requiredOption('--unit <number>', 'index of the unit over the whole job', parse.integer(0, 2 ** 20 - 1))
    .action(async (text: string, flags) => {
      const context = makeContext(flags);
      const jobId = jobIdOf(text);
      const chain = await context.chain();
      const found = await chain.job(jobId);
      const batch = await chain.batch({ jobId, batch: locateUnit(found.spec, flags.unit).batch });
      if (batch.opening === undefined)
        throw new Error(
          `batch ${batch.index} of job ${jobId} is ${batch.state}; only an opened batch can be challenged`,
        );
      // Anyone can challenge: a key that was named is the one that pays.
      const named = flags.from !== undefined;
      const { signer } = await (named ? context.account() : accountOf(jobId, context));
      const message = await challengeOf(
        found,
        batch,
        flags.unit,
        chain,
        context.blobsAt(found.spec.locators),
      );
      const { disputeId, hash, height } = await chain.challenge(message, { signer, signal: context.signal });
      const { deposit } = message;
      context.out.result(
        { jobId, unit: flags.unit, disputeId, deposit, hash, height },
        () => `challenged unit ${flags.unit} with ${formatDmc(deposit)} DMC: dispute ${disputeId}`,
      );
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
