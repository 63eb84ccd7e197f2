import type { Audit, Batch, ChainClient, CommitRecord, Job, Message, WorkerRecord } from '@dmcn/chain-client';
import { deriveEncryptionKeyPair } from '@dmcn/protocol';
import type { UnitResult } from '@dmcn/runtime';
import type { Outside, UnitRequest } from '../cheater.js';

/** What an honest run gives. */
export const truth: UnitResult = {
  status: 'OK',
  statusCode: 0,
  exitCode: 0,
  gas: 7n,
  output: Uint8Array.of(4, 2),
};

export const request = (unit: number): UnitRequest => ({
  ...{ unit, args: [], gasLimit: 1_000n, memoryLimit: 65_536 },
  input: new Uint8Array(),
  module: new Uint8Array(),
});

/** Its batches are of two units; an audit of one costs 26,500 udmc at most. */
const job = {
  id: 3n,
  spec: {
    ...{ units: 8, batchSize: 2, gasLimit: 10_000_000_000n, maxPrice: 1_000n },
    assurance: { auditBps: 2_000, auditors: 1, samples: 2 },
  },
  auditFloor: 500n,
} as unknown as Job;

/** The audit of one batch of two units that `worker` committed. */
export const audit = { jobId: 3n, batch: 1, epoch: 0, index: 0, units: [2, 3] } as unknown as Audit;

export interface World {
  /** Units that were really run, in order. */
  readonly ran: number[];
  readonly sent: Message[];
  standing: number;
  /** What the operator has to spend. */
  purse: bigint;
  commit?: CommitRecord;
  /** Owner of the worker whose batch is audited. */
  worker: string;
}

export const newWorld = (): World => ({ ran: [], sent: [], standing: 0, purse: 26_500n, worker: 'somebody' });

/** 20 bytes for a name. */
export const bytesOf = (name: string): Uint8Array =>
  new TextEncoder().encode(name.padEnd(20, '.')).slice(0, 20);

const keysOf = (owner: string) =>
  deriveEncryptionKeyPair(new Uint8Array([...bytesOf(owner), ...new Uint8Array(12)]));

/** The surroundings of a worker in a world of one job with batches of two units. */
export async function outsideOf(world: World, owner: string, accomplice = 'nobody'): Promise<Outside> {
  const chain: Partial<ChainClient> = {
    chainId: 'testing',
    addressBytes: bytesOf,
    taskParams: async () => ({ standingAudits: 10 }) as never,
    worker: async (address) =>
      ({
        worker: { standing: world.standing, encryptionKey: (await keysOf(address)).publicKey },
      }) as unknown as WorkerRecord,
    balance: async () => world.purse,
    job: async () => job,
    batch: async () => ({ lease: { worker: world.worker } }) as unknown as Batch,
    commitOf: async () => {
      if (world.commit === undefined) throw new Error('nothing is committed');
      return world.commit;
    },
    auditorAudits: async () => ({ items: [audit] }),
    submit: async (messages) => {
      world.sent.push(...messages);
      return { hash: '', height: 1, gasUsed: 0n, fee: 0n, events: [] };
    },
  };
  return {
    identity: {
      owner,
      operator: { address: `${owner}-operator`, publicKey: new Uint8Array(33), sign: async (it) => it },
      encryption: await keysOf(owner),
    },
    ports: {
      chain: chain as ChainClient,
      executor: {
        run: async ({ unit }) => {
          world.ran.push(unit);
          return truth;
        },
      },
      blobsAt: () => {
        throw new Error('no store is needed');
      },
    },
    accomplice: async () => accomplice,
  };
}
