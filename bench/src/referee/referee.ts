import type { Bench } from '../bench.js';
import { median, type Result, summarise, thisMachine } from '../report.js';
import { idleIntervals, refereed, type Verdict } from './dispute.js';
import { startNetwork } from './network.js';
import { taskAtTheCap, typicalTask } from './tasks.js';

/** Blocks may take so much longer while a unit is refereed. */
const INTERVAL_GOAL = 1.1;
/** Blocks to a verdict about a typical unit. */
const VERDICT_GOAL = 30;

/** What blocks take while a unit at the gas cap is refereed, against an idle network, and how long verdicts take. */
export const referee: Bench = {
  about:
    'blocks while a unit at the gas cap is refereed, against idle ones, and blocks from a challenge to its verdict',
  async run({ quick, progress }) {
    const settings = { rounds: quick ? 2 : 5, idleBlocks: quick ? 20 : 40, validators: 1, blockTime: '1s' };
    const idle: (readonly number[])[] = [];
    const [atTheCap, typical]: [Verdict[], Verdict[]] = [[], []];
    progress('starting a devnet');
    const network = await startNetwork();
    try {
      const { maxGasLimit } = await network.chain.taskParams();
      const cap = await taskAtTheCap(network.directory, maxGasLimit);
      const usual = await typicalTask(network.directory);
      for (let round = 0; round < settings.rounds; round += 1) {
        progress(`round ${round + 1}: idle, a typical unit, a unit of ${maxGasLimit} gas`);
        idle.push(await idleIntervals(network, settings.idleBlocks));
        typical.push(await refereed(network, usual));
        atTheCap.push(await refereed(network, cap));
      }
      return {
        name: 'referee',
        machine: thisMachine(),
        versions: { node: process.version, v8: process.versions.v8 },
        settings: { ...settings, gasCap: String(maxGasLimit) },
        results: resultsOf(idle, atTheCap, typical),
      };
    } finally {
      await network.stop();
    }
  },
};

function resultsOf(
  idle: readonly (readonly number[])[],
  atTheCap: readonly Verdict[],
  typical: readonly Verdict[],
): Result[] {
  const before = idle.map(median);
  const during = atTheCap.map(({ intervals }) => median(intervals));
  const ratios = during.map((seconds, round) => seconds / (before[round] ?? Number.NaN));
  const blocks = (verdicts: readonly Verdict[]) => verdicts.map((verdict) => verdict.blocks);
  return [
    summarise('block_interval_while_refereeing', 'refereeing / idle', ratios, INTERVAL_GOAL),
    summarise('blocks_to_verdict', 'blocks', blocks(typical), VERDICT_GOAL),
    summarise('blocks_to_verdict_at_the_cap', 'blocks', blocks(atTheCap)),
    summarise('block_interval_idle', 's', before),
    summarise('block_interval_refereeing', 's', during),
    summarise(
      'blocks_while_executing',
      'blocks',
      atTheCap.map(({ intervals }) => intervals.length),
    ),
  ];
}
