import type { Job, Message } from '@dmcn/chain-client';
import { auditFee, batchRange, batchRoot, openLeaves, sumGas, unwrapKey, wrapKey } from '@dmcn/protocol';
import { AUDITS_ONLY, CHEAP, type Cheater, type Outside } from './cheater.js';
import { leafOf, madeUp } from './lies.js';

type Commit = Message<'commit'>;

/** Whose commit it is, as the protocol's encodings name it. */
const leaseOf = ({ jobId, batch, epoch }: Pick<Commit, 'jobId' | 'batch' | 'epoch'>, worker: Uint8Array) => ({
  worker,
  job: jobId,
  batch,
  epoch,
});

export const leaker: Cheater = {
  does: 'makes everything up, hands its leaf key to an auditor that copies, and shows it on chain',
  caught:
    'a shown key costs it a fee, makes an audit certain and earns no standing; an honest auditor or a challenge refutes both',
  parts: {
    worker: {
      flags: CHEAP,
      purse: 500_000n,
      mask: (outside) => ({
        run: async (request) => madeUp(request),
        send: async (messages) => (await Promise.all(messages.map((each) => leaked(each, outside)))).flat(),
      }),
    },
    copier: {
      flags: AUDITS_ONLY,
      mask: (outside) => ({
        audit: async (audit, request) => {
          const { chain, executor } = outside.ports;
          const [commit, { lease }, { spec }] = await Promise.all([
            chain.commitOf(audit),
            chain.batch(audit),
            chain.job(audit.jobId),
          ]);
          if (lease?.worker !== (await outside.accomplice())) return leafOf(await executor.run(request));
          const key = await leafKey({ ...commit, type: 'commit' }, outside);
          const leaves = openLeaves(
            key,
            leaseOf(audit, chain.addressBytes(lease.worker)),
            commit.sealedLeaves,
          );
          const leaf = leaves[request.unit - batchRange(spec, audit.batch).firstUnit];
          if (leaf === undefined) throw new RangeError(`the commit has no unit ${request.unit}`);
          return leaf;
        },
      }),
    },
  },
};

/** K, from what a commit wraps for this account. */
async function leafKey(commit: Commit, { identity, ports: { chain } }: Outside): Promise<Uint8Array> {
  const wrapped = commit.wrappedKeys.find(
    ({ kind, recipient }) => kind === 0 && recipient === identity.owner,
  );
  if (wrapped === undefined) throw new Error(`the commit has no key for ${identity.owner}`);
  return unwrapKey(wrapped.data, identity.encryption.privateKey, contextOf(commit, identity.owner, chain));
}

const contextOf = (
  { jobId: job, batch, epoch }: Commit,
  recipient: string,
  chain: Outside['ports']['chain'],
) => ({
  ...{ kind: 'leaf' as const, chainId: chain.chainId, job, batch, epoch },
  recipient: chain.addressBytes(recipient),
});

/** A commit that wraps K for the accomplice too, and K on chain in the same transaction: a block later its coin may have hit. */
async function leaked(message: Message, outside: Outside): Promise<Message[]> {
  if (message.type !== 'commit') return [message];
  const [commit, shown] = await Promise.all([withAccomplice(message, outside), shownKey(message, outside)]);
  return [commit, ...shown];
}

async function withAccomplice(message: Commit, outside: Outside): Promise<Commit> {
  const { chain } = outside.ports;
  const recipient = await outside.accomplice();
  const [key, { worker }] = await Promise.all([leafKey(message, outside), chain.worker(recipient)]);
  const data = await wrapKey(key, worker.encryptionKey, contextOf(message, recipient, chain));
  const others = message.wrappedKeys.filter((each) => each.kind !== 0 || each.recipient !== recipient);
  return { ...message, wrappedKeys: [...others, { kind: 0, recipient, data }] };
}

/** K on chain, while its operator has what that costs. */
async function shownKey(commit: Commit, outside: Outside): Promise<Message[]> {
  const { identity, ports } = outside;
  const { jobId, batch, epoch, sealedLeaves } = commit;
  const [key, job, purse] = await Promise.all([
    leafKey(commit, outside),
    ports.chain.job(jobId),
    ports.chain.balance(identity.operator.address),
  ]);
  const { spec } = job;
  if (purse < costOf(job)) return [];
  const leaves = openLeaves(key, leaseOf(commit, ports.chain.addressBytes(identity.owner)), sealedLeaves);
  const root = batchRoot(jobId, batchRange(spec, batch).firstUnit, leaves);
  return [{ type: 'showKey', jobId, batch, epoch, key, root, gasTotal: sumGas(leaves) }];
}

/** What the first round of a batch's audit costs at most, which whoever shows its key pays. */
function costOf({ spec: { assurance, gasLimit, maxPrice }, auditFloor }: Job): bigint {
  const gas = BigInt(assurance.samples) * gasLimit;
  return BigInt(assurance.auditors) * auditFee({ round: 0, gas, ask: maxPrice, maxPrice, auditFloor });
}
