import { DirectSecp256k1HdWallet } from '@cosmjs/proto-signing';
import { SigningStargateClient } from '@cosmjs/stargate';
import { TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { expect, test } from 'vitest';
import { MsgAcceptBatch } from './gen/dmcn/task/v1/tx.js';
import { createRegistry } from './registry.js';
import { typeUrlOf } from './tx/messages.js';

test('CosmJS signs and reads back the messages of this chain', async () => {
  const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: 'dmcn' });
  const [account] = await wallet.getAccounts();
  const address = account?.address ?? '';
  const registry = createRegistry();
  const client = await SigningStargateClient.offline(wallet, { registry });
  const value = MsgAcceptBatch.fromPartial({ requester: address, jobId: 7n, batch: 2, epoch: 1 });
  const signed = await client.sign(
    address,
    [{ typeUrl: typeUrlOf('acceptBatch'), value }],
    { amount: [], gas: '1' },
    '',
    { accountNumber: 0n, sequence: 0, chainId: 'c' },
  );
  const { messages } = registry.decodeTxBody(TxRaw.decode(TxRaw.encode(signed).finish()).bodyBytes);
  expect(messages).toEqual([value]);
});

test.each(['registerWorker', 'submitJob', 'commit', 'open', 'send', 'delegate'] as const)(
  'knows %s',
  (type) => {
    expect(createRegistry().lookupType(typeUrlOf(type))).toBeDefined();
  },
);
