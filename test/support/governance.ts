import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { found } from '@dmcn/chain-client';
import { binary } from './chain-node.js';
import { newDirectory } from './devnet.js';
import type { Network } from './network.js';
import { until } from './until.js';

const run = promisify(execFile);

/** The first validator of a devnet proposes and votes, by the chain's own command line. */
export class Governance {
  constructor(private readonly network: Network) {}

  /** Parameters of a chain module, as a proposal has to have them. */
  async params(module: string): Promise<Record<string, unknown>> {
    return (await this.ask<{ params: Record<string, unknown> }>('query', module, 'params')).params;
  }

  /** Proposes messages, votes yes, and returns the proposal's id once both are in blocks. */
  async pass(title: string, messages: readonly object[]): Promise<bigint> {
    const file = join(await newDirectory(), 'proposal.json');
    const proposal = {
      title,
      summary: title,
      metadata: 'none',
      deposit: '10000000udmc',
      expedited: false,
      messages,
    };
    await writeFile(file, JSON.stringify(proposal));
    await this.send('submit-proposal', file);
    const known = await until('the proposal', async () =>
      (await this.network.chain.proposals()).items.at(-1),
    );
    await this.send('vote', String(known.id), 'yes');
    return known.id;
  }

  /** Sends a transaction of x/gov, and waits until it is in a block. */
  private async send(...args: readonly string[]): Promise<void> {
    const { home, chainId } = this.network.devnet;
    const keys = ['--from', 'validator', '--keyring-backend', 'test', '--home', join(home, 'chain', 'node0')];
    const flags = ['--chain-id', chainId, '--fees', '20000udmc', '--gas', '400000', '-y'];
    const sent = await this.ask<{ txhash: string; code: number; raw_log: string }>(
      'tx',
      'gov',
      ...args,
      ...keys,
      ...flags,
    );
    if (sent.code !== 0) throw new Error(`gov ${args.join(' ')}: ${sent.raw_log}`);
    await until(`gov ${args[0]} to be in a block`, () => found(this.network.chain.transaction(sent.txhash)));
  }

  private async ask<T>(...args: readonly string[]): Promise<T> {
    const { stdout, stderr } = await run(binary, [
      ...args,
      '--node',
      this.network.devnet.rpc[0],
      '-o',
      'json',
    ]);
    return JSON.parse(stdout || stderr);
  }
}
