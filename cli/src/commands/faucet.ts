import { startFaucet } from '@dmcn/devnet';
import type { Command } from 'commander';
import { bigintOption, parse } from '../options.js';
import { aborted } from '../signals.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addFaucet(program: Command, makeContext: MakeContext): void {
  const faucet = noun(program, 'faucet', 'gives coins of a devnet away');
  verb(faucet, 'start', 'serves POST /fund from the account that signs', 'dmcn faucet start --from faucet')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', parse.integer(0, 65_535), 4_002)
    .addOption(
      bigintOption('--grant <amount>', 'what a request gets that names no amount', parse.money, 100_000_000n),
    )
    .addOption(
      bigintOption(
        '--per-address <amount>',
        'the most that an address gets in all',
        parse.money,
        10_000_000_000n,
      ),
    )
    .action(async (options) => {
      const context = makeContext(options);
      const { signer } = await context.account();
      const { host, port, grant, perAddress } = options;
      const limits = { grant, perAddress };
      const server = await startFaucet({ chain: await context.chain(), signer, host, port, limits });
      context.out.progress(`faucet at ${server.url}, from ${signer.address}`);
      await aborted(context.signal);
      await server.close();
    });
}
