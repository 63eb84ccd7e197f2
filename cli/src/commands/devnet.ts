import {
  type CheaterKind,
  cheaterTable,
  DEVNET_CHAIN_ID,
  type DevnetStatus,
  devnetDown,
  devnetStatus,
  devnetUp,
  initChain,
} from '@dmcn/devnet';
import type { Command } from 'commander';
import { addCheat, cheaterKind, whatToWatch } from '../devnet/cheat.js';
import { devnetAccounts, devnetReferees, writeDevnetHome } from '../devnet/home.js';
import { dmcnCommand, dmcndPath } from '../devnet/programs.js';
import { parse } from '../options.js';
import { aborted } from '../signals.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addDevnet(program: Command, makeContext: MakeContext): void {
  const devnet = noun(program, 'devnet', 'a whole network on this machine');

  verb(devnet, 'up', 'starts a network and stops it at Ctrl-C', 'dmcn devnet up --workers 3')
    .option('--workers <n>', 'number of workers', parse.integer(0, 64), 3)
    .option('--validators <n>', 'number of validators', parse.integer(1, 16), 1)
    .option('--indexers <n>', 'number of indexers, each with GraphQL', parse.integer(0, 4), 1)
    .option('--fresh', 'forget what an earlier network left in the home')
    .option('--port-offset <n>', 'added to every port', parse.integer(0, 30_000), 0)
    .option('--block-time <duration>', 'time between blocks, such as 500ms', '1s')
    .option(
      '--with-cheater <kind>',
      'a misbehaving worker beside the others, may be repeated',
      parse.each(cheaterKind),
    )
    .addHelpText('after', `\nCheaters, and how they are caught:\n${cheaterTable()}`)
    .action(async (flags) => {
      const { home, out, signal } = makeContext(flags);
      const { workers, validators, indexers, fresh = false, portOffset, blockTime } = flags;
      const cheaters: readonly CheaterKind[] = flags.withCheater ?? [];
      const options = { home, workers, validators, indexers, cheaters, fresh, portOffset, blockTime };
      const running = await devnetUp(
        { ...options, dmcnd: dmcndPath(), dmcn: dmcnCommand() },
        {
          accounts: () => devnetAccounts(home),
          referees: () => devnetReferees(home, validators),
          progress: out.progress,
          signal,
        },
      );
      try {
        writeDevnetHome(home, running.state);
        const { chainId, rpc, rest, graphql, blobs, faucet } = running.state;
        out.result({ home, chainId, rpc, rest, graphql, blobs, faucet }, () =>
          [
            `chain    ${rpc.join(' ')}`,
            `REST     ${rest.join(' ')}`,
            `GraphQL  ${graphql.join(' ')}`,
            `blobs    ${blobs.join(' ')}`,
            `faucet   ${faucet}`,
            `home     ${home}   (use it with: dmcn ... --home ${home})`,
            ...whatToWatch(home, cheaters),
          ].join('\n'),
        );
        await Promise.race([aborted(signal), running.broken]);
      } finally {
        out.progress('stopping');
        await running.stop();
      }
    });

  const example =
    'dmcn devnet init --node http://validator:26657 --blobs http://blobs:4001 --faucet http://faucet:4002';
  verb(devnet, 'init', 'writes genesis and keys of a network whose parts something else starts', example)
    .option('--validators <n>', 'number of validators', parse.integer(1, 16), 1)
    .option('--port-offset <n>', "added to the validators' ports", parse.integer(0, 30_000), 0)
    .option('--block-time <duration>', 'time between blocks, such as 500ms', '1s')
    .requiredOption('--blobs <url>', 'where the blob store will be, may be repeated', parse.each(parse.url))
    .requiredOption('--faucet <url>', 'where the faucet will be', parse.url)
    .action(async (flags) => {
      const { home, out, nodes, graphql } = makeContext(flags);
      const { validators, portOffset, blockTime, blobs, faucet } = flags;
      const accounts = await devnetAccounts(home);
      await initChain({ home, validators, portOffset, blockTime, dmcnd: dmcndPath() }, accounts);
      await devnetReferees(home, validators);
      writeDevnetHome(home, { chainId: DEVNET_CHAIN_ID, rpc: nodes, graphql, blobs, faucet });
      out.result({ home, chainId: DEVNET_CHAIN_ID }, () => `${DEVNET_CHAIN_ID} is ready in ${home}`);
    });

  addCheat(devnet, makeContext);

  verb(devnet, 'status', 'tells whether everything answers', 'dmcn devnet status --json').action(
    async (flags) => {
      const { home, out } = makeContext(flags);
      const status = await devnetStatus(home);
      if (status === undefined)
        throw new Error(`no devnet runs in ${home}; start one with "dmcn devnet up --home ${home}"`);
      out.result(status, () => statusText(status));
      if (status.failures.length > 0) process.exitCode = 1;
    },
  );

  verb(devnet, 'down', 'stops the network of a home', 'dmcn devnet down').action(async (flags) => {
    const { home, out } = makeContext(flags);
    const stopped = await devnetDown(home);
    out.result({ stopped }, () =>
      stopped > 0 ? `stopped ${stopped} processes` : `no devnet runs in ${home}`,
    );
  });
}

function statusText({ height, rpc, graphql, blobs, faucet, processes, failures }: DevnetStatus): string {
  return [
    `height ${height}`,
    `chain ${rpc.join(' ')}, GraphQL ${graphql.join(' ')}, blobs ${blobs.join(' ')}, faucet ${faucet}`,
    ...processes.map(({ name, pid }) => `${name}  process ${pid}`),
    ...failures.map((failure) => `FAILED: ${failure}`),
  ].join('\n');
}
