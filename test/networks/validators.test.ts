import { setTimeout } from 'node:timers/promises';
import { createWallet } from '@dmcn/chain-client/cosmos';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, newDirectory, startDevnet } from '../support/devnet.js';
import { onlyDocument } from '../support/dmcn.js';
import type { Manifest } from '../support/documents.js';
import { Network } from '../support/network.js';
import { run } from '../support/process.js';
import { digits, inputDirectory } from '../support/programs.js';
import { until } from '../support/until.js';

interface Status {
  readonly height: number;
  readonly processes: readonly { readonly role: string; readonly name: string; readonly pid: number }[];
  readonly failures: readonly string[];
}

describe.sequential('a network of four validators', () => {
  let devnet: Devnet;
  let network: Network;
  beforeAll(async () => {
    devnet = await startDevnet({ workers: 2, validators: 4 });
    network = await Network.open(devnet.document);
  }, 300_000);
  afterAll(async () => {
    network?.close();
    await devnet?.stop();
  }, 120_000);

  async function runJob(): Promise<Manifest> {
    const inputDir = await inputDirectory(digitsInputs({ units: 6, imagesPerUnit: 4 }));
    const flags = ['--input-dir', inputDir, '--batch-size', 3, '--output', await newDirectory()];
    return network.json<Manifest>('job', 'run', '--module', digits, ...flags);
  }

  it('all answer, agree, and propose', async () => {
    const status = await network.json<Status>('devnet', 'status');
    expect(status.processes.filter(({ role }) => role === 'validator')).toHaveLength(4);
    const from = status.height;
    const proposers = new Set<string>();
    for await (const { height, proposer } of network.chain.blocks({ from: Math.max(1, from - 3) })) {
      proposers.add(proposer);
      if (height >= from + 4) break;
    }
    expect(proposers.size).toBe(4);
    const hashes = await Promise.all(
      devnet.document.rpc.map(async (url) => {
        const response = await fetch(`${url}/block?height=${from}`);
        const { result } = (await response.json()) as { result: { block_id: { hash: string } } };
        return result.block_id.hash;
      }),
    );
    expect(new Set(hashes).size).toBe(1);
  });

  it('runs a job', async () => {
    const manifest = await runJob();
    expect(manifest.units.map(({ status }) => status)).toEqual(new Array(6).fill('OK'));
  });

  it('a client that knows all of them loses nothing when the one that it talks to is killed', async () => {
    const { processes } = await network.json<Status>('devnet', 'status');
    const first = processes.find(({ name }) => name === 'validator0');
    const { address: to } = await createWallet().signer();
    const amounts = Array.from({ length: 100 }, (_, i) => BigInt(i + 1));
    const { signer } = network.requester;
    const sent = Promise.all(amounts.map((amount) => network.chain.send({ to, amount }, { signer })));
    await setTimeout(500);
    process.kill(first?.pid ?? 0, 'SIGKILL');
    const hashes = new Set((await sent).map(({ hash }) => hash));
    expect(hashes.size).toBe(amounts.length);
    expect(await network.chain.balance(to)).toBe(5_050n);
  });

  it('goes on without the first of them, and runs another job', async () => {
    const status = await until('the status to tell', async () => {
      const ended = await run(network.at('devnet', 'status', '--json'));
      const said = onlyDocument<Status>(ended);
      return ended.code === 1 ? said : undefined;
    });
    expect(status.failures.join('\n')).toMatch(/validator0 \(process \d+\) is not running/);
    const manifest = await runJob();
    expect(manifest.units.map(({ status }) => status)).toEqual(new Array(6).fill('OK'));
    const after = onlyDocument<Status>(await run(network.at('devnet', 'status', '--json')));
    expect(after.height).toBeGreaterThan(status.height + 5);
    expect(devnet.process.stderr()).toMatch(/validator0 ended with SIGKILL/);
  });
});
