import { conformanceCases } from '@dmcn/chain-client/conformance';
import { connectCosmos, createWallet } from '@dmcn/chain-client/cosmos';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { Network } from './support/network.js';

describe.concurrent('the cosmos adapter does what every adapter of the port has to', () => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
  });
  afterAll(() => network.close());

  for (const { name, run } of conformanceCases) {
    it(name, () =>
      run({
        connect: () => connectCosmos({ endpoints: network.devnet.rpc }),
        funder: network.requester.signer,
        newSigner: () => createWallet().signer(),
      }),
    );
  }
});
