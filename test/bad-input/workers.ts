import { expect, it } from 'vitest';
import { newDirectory } from '../support/devnet.js';
import { fails, misused } from '../support/dmcn.js';
import { HandWorker, handAsk } from '../support/hand-worker.js';
import { jobSpec, ownFeature } from '../support/job-spec.js';
import type { Network } from '../support/network.js';
import { refused } from '../support/refusals.js';

export function badWorkers(network: () => Network): void {
  it('without bond, or with less than a lot', async () => {
    const net = network();
    const worker = await HandWorker.register(net, ownFeature());
    const newcomer = await net.person('newcomer', 2_000_000n);
    const { lot } = await net.chain.workerParams();
    const offer = { ...worker.offer('nothing'), operator: newcomer.address };
    await net.balancesAfter([newcomer.address, worker.owner.address], async () => {
      for (const [bond, reason] of [
        [0n, 'InvalidAmount'],
        [lot - 1n, 'BondTooSmall'],
      ] as const) {
        await refused(reason, (unasked) =>
          net.chain.registerWorker({ ...offer, bond }, { signer: newcomer.signer, ...unasked }),
        );
      }
      await refused('UnknownWorker', (unasked) =>
        net.chain.acceptOffer({ jobId: 1n, batch: 0, epoch: 0 }, { signer: newcomer.signer, ...unasked }),
      );
      await refused('InsufficientBond', (unasked) =>
        net.chain.withdraw({ amount: 6_000_000n }, { signer: worker.owner.signer, ...unasked }),
      );
    });
    await worker.pause();
  });

  it('asks above the limit, rates below it, a key that is none, an operator of another', async () => {
    const net = network();
    const worker = await HandWorker.register(net, ownFeature());
    const newcomer = await net.person('newcomer', 2_000_000n);
    const { maxAsk, minRate } = await net.chain.workerParams();
    const offer = { ...worker.offer('nothing'), operator: newcomer.address };
    const wrong = {
      InvalidAsk: { ...offer, ask: maxAsk + 1n },
      InvalidRate: { ...offer, rate: minRate - 1n },
      InvalidKey: { ...offer, encryptionKey: new Uint8Array(32) },
      OperatorTaken: { ...offer, operator: worker.operator.address },
    };
    await net.balancesAfter([newcomer.address], async () => {
      for (const [reason, terms] of Object.entries(wrong)) {
        await refused(reason, (unasked) =>
          net.chain.registerWorker({ ...terms, bond: 1_000_000n }, { signer: newcomer.signer, ...unasked }),
        );
      }
    });
    await worker.pause();
  });

  it('the command line: no coins, too high an ask, a bond that is no amount', async () => {
    const net = network();
    const { maxAsk } = await net.chain.workerParams();
    const start = ['worker', 'start', '--node', net.devnet.rpc[0]];
    const home = await newDirectory();
    const noFaucet = ['--faucet', 'http://127.0.0.1:9'];
    await fails(
      [...start, '--home', home, ...noFaucet],
      /has 0 DMC; send it at least [\d.]+ DMC for the bond/,
    );
    const high = ['--ask', String(maxAsk + 1n), '--faucet', net.devnet.faucet, '--bond', '1dmc'];
    await fails([...start, '--home', home, ...high], /invalid ask/);
    await misused([...start, '--home', home, '--bond', 'much'], /give an amount such as/);
    await misused(['worker', 'bond', 'much', '--home', home], /give an amount such as/);
    await fails(['worker', 'status', '--home', home], /worker dmcn1\w+ does not exist/);
  });

  it('whoever asks more than a job pays is not drawn for it', async () => {
    const net = network();
    const feature = ownFeature();
    const worker = await HandWorker.register(net, feature);
    const spec = await jobSpec(net, { features: [feature], maxPrice: handAsk - 1n });
    const { jobId, height } = await net.chain.submitJob(
      { spec, maxEscrow: 10n ** 9n },
      { signer: net.requester.signer },
    );
    for await (const block of net.chain.blocks({ from: height })) {
      if (block.height >= height + 8) break;
      const offers = block.events.filter(({ type, data }) => type === 'BatchOffered' && data.jobId === jobId);
      expect(offers).toEqual([]);
    }
    await net.chain.cancelJob({ jobId }, { signer: net.requester.signer });
    await worker.pause();
  });
}
