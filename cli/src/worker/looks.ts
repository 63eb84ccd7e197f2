import { everyPage } from '@dmcn/chain-client';
import { formatDmc } from '@dmcn/protocol';
import { readStanding, whyIdle } from '@dmcn/worker';
import type { Context } from '../context.js';
import { type Home, readAtHome } from './at-home.js';
import { openWorkerHome } from './home.js';
import { earnedText, readEarned, readMarket } from './market.js';

/** Shows the worker as the chain has it, with what its machine keeps it to, and what the market has for it. */
export async function showStatus(context: Context): Promise<void> {
  const chain = await context.chain();
  const { worker: record, reputation, keptOut, lapses } = await chain.worker(await ownerOf(context));
  const [batches, balance, atHome, earned, { market, line }] = await Promise.all([
    everyPage((page) => chain.workerBatches({ ...page, worker: record.owner })),
    chain.balance(record.owner),
    readAtHome(context.home, Date.now()),
    readEarned(context, record.owner),
    readMarket(context, record.owner, record.ask),
  ]);
  const modules = record.modules.length === 0 ? 'every module' : `${record.modules.length} modules`;
  const gasLimit = record.maxGasLimit === 0n ? 'any gas limit' : `at most ${record.maxGasLimit} gas`;
  const document = { ...record, reputation, keptOut, lapses, batches, balance, atHome, earned, market };
  context.out.result({ ...document, source: 'chain' }, () =>
    [
      `${record.owner}: ${record.status}, reputation ${reputation}, ${record.batchesFinal} batches done`,
      `bond ${formatDmc(record.bond)} DMC, ${formatDmc(record.locked)} of it locked; balance ${formatDmc(balance)} DMC`,
      `asks ${record.ask} udmc per 10^9 gas; promises ${record.rate} gas a block; holds ${batches.length} batches`,
      `takes ${modules}, ${gasLimit} a unit`,
      ...describeHome(atHome),
      ...earnedText(earned),
      line,
      ...batches.map(
        ({ jobId, index, state, deadline }) => `  job ${jobId} batch ${index}: ${state} until ${deadline}`,
      ),
    ].join('\n'),
  );
}

/** Names every rule that keeps the worker from offers, by the chain's own word, and what the market has for it. */
export async function showWhy(context: Context): Promise<void> {
  const chain = await context.chain();
  const [owner, now] = [await ownerOf(context), Date.now()];
  const standing = await readStanding(chain, owner, await readAtHome(context.home, now), now);
  const idleness = whyIdle(standing);
  const ask = standing.record?.worker.ask;
  const found = ask === undefined ? undefined : await readMarket(context, owner, ask);
  context.out.result({ ...idleness, market: found?.market ?? null, source: 'chain' }, () => {
    const lines = [
      ...idleness.rules.map(({ rule, reason }) => `${rule}: ${reason}`),
      ...idleness.jobs.map(({ jobId, rule, reason }) => `job ${jobId}, ${rule}: ${reason}`),
    ];
    return lines.length > 0 ? lines.join('\n') : 'nothing keeps it idle: it is in the draw';
  });
  if (found && !context.json) context.out.progress(found.line);
}

function describeHome({ running, cpu, schedule, shift, pausedBy }: Home): string[] {
  const share = cpu === undefined ? '' : `; ${cpu} % of a core`;
  const lines = [`${running ? 'runs' : 'does not run'} here${share}`];
  if (schedule && shift) {
    const until = shift.until === undefined ? 'for ever' : `until ${new Date(shift.until).toISOString()}`;
    lines.push(
      `schedule ${schedule.text} (${schedule.timeZone}): ${shift.open ? 'open' : 'closed'} ${until}`,
    );
  }
  if (pausedBy === 'user') lines.push('paused by "dmcn worker pause", until "dmcn worker resume"');
  return lines;
}

async function ownerOf(context: Context): Promise<string> {
  const { owner } = await openWorkerHome(context, (await context.chain()).chainId);
  return owner.signer.address;
}
