import { describe, it } from 'vitest';
import { connectCosmos, createWallet, importWallet } from '../cosmos/index.js';
import { conformanceCases } from './index.js';

const node = process.env.DMCN_TEST_NODE;
const mnemonic = process.env.DMCN_TEST_MNEMONIC;

describe.skipIf(!node || !mnemonic)('the cosmos adapter, against the node of DMCN_TEST_NODE', () => {
  for (const { name, run } of conformanceCases) {
    it.concurrent(name, async () => {
      const endpoints = (node ?? '').split(',');
      await run({
        connect: () => connectCosmos({ endpoints }),
        funder: await importWallet(mnemonic ?? '').signer(),
        newSigner: () => createWallet().signer(),
      });
    }, 180_000);
  }
});
