import assert from 'node:assert/strict';
import { generateEncryptionKeyPair } from '@dmcn/protocol';
import type { ChainClient } from '../port/chain-client.js';
import type { Signer } from '../port/signer.js';
import type { EventData, EventType } from '../types/events.js';
import type { JobSpec } from '../types/job.js';
import type { Udmc } from '../types/primitives.js';
import type { WorkerOffer } from '../types/worker.js';
import type { ConformanceCase, ConformanceSubject } from './subject.js';

const dmc = 1_000_000n;
const patienceMs = 60_000;

/** What a case works with: a client, and people on the chain. */
export class Scene {
  /** A feature that only this scene's workers have and its jobs ask for, so that no other worker is drawn. */
  readonly feature = `scene-${randomHex(6)}`;

  constructor(
    readonly subject: ConformanceSubject,
    readonly client: ChainClient,
  ) {}

  /** A new account with coins. */
  async funded(amount: Udmc = 10n * dmc): Promise<Signer> {
    const signer = await this.subject.newSigner();
    await this.client.send({ to: signer.address, amount }, { signer: this.subject.funder });
    return signer;
  }

  /** What a worker of this scene offers. */
  async offer(operator: Signer): Promise<WorkerOffer> {
    const { publicKey } = await generateEncryptionKeyPair();
    return {
      operator: operator.address,
      encryptionKey: publicKey,
      ask: 500n,
      rate: 1_000_000_000n,
      memory: 128n * 1024n * 1024n,
      features: [this.feature],
      modules: [],
      maxGasLimit: 0n,
    };
  }

  /** A registered worker whose operator has no coins and lives on its owner's fee grant. */
  async worker(): Promise<{ owner: Signer; operator: Signer }> {
    const [owner, operator] = [await this.funded(), await this.subject.newSigner()];
    await this.client.submit(
      [
        { type: 'registerWorker', ...(await this.offer(operator)), bond: 5n * dmc },
        { type: 'grantFees', grantee: operator.address, spendLimit: dmc },
      ],
      { signer: owner },
    );
    return { owner, operator };
  }

  /** A stored module that does nothing. */
  async module(author: Signer): Promise<{ id: Uint8Array; code: Uint8Array }> {
    const code = emptyModule();
    const { moduleId } = await this.client.storeModule(
      { code, royaltyBps: 500, name: 'nothing' },
      { signer: author },
    );
    return { id: moduleId, code };
  }

  /** A job that only this scene's workers can do. */
  async spec(moduleId: Uint8Array, change: Partial<JobSpec> = {}): Promise<JobSpec> {
    const { publicKey } = await generateEncryptionKeyPair();
    return {
      moduleId,
      args: ['--fast'],
      units: 3,
      inputRoot: crypto.getRandomValues(new Uint8Array(32)),
      inputIndex: crypto.getRandomValues(new Uint8Array(32)),
      batchSize: 2,
      gasLimit: 1_000_000_000n,
      memoryLimit: 64n * 1024n * 1024n,
      maxPrice: 1_000n,
      assurance: { auditBps: 2_000, auditors: 1, samples: 1 },
      mode: 'public',
      locators: ['http://localhost:4001'],
      encryptionKey: publicKey,
      deadline: (await this.client.status()).height + 500,
      features: [this.feature],
      ...change,
    };
  }

  /** Submits a job with exactly the escrow that the chain asks for. */
  async job(requester: Signer, spec: JobSpec): Promise<{ jobId: bigint; escrow: Udmc; height: number }> {
    const { escrow } = await this.client.escrow(spec);
    return this.client.submitJob({ spec, maxEscrow: escrow }, { signer: requester });
  }

  /** What the first event of a type, from a height on, carries that fits. */
  async event<T extends EventType>(
    from: number,
    type: T,
    fits: (data: EventData[T]) => boolean | Promise<boolean>,
  ): Promise<EventData[T]> {
    const signal = AbortSignal.timeout(patienceMs);
    for await (const { events } of this.client.blocks({ from, signal })) {
      for (const event of events) {
        const data = event.data as EventData[T];
        if (event.type === type && (await fits(data))) return data;
      }
    }
    return assert.fail(`no ${type} within ${patienceMs} ms from block ${from} on`);
  }
}

/** A case that runs in a scene with a client of its own. */
export const inScene = (name: string, act: (scene: Scene) => Promise<void>): ConformanceCase => ({
  name,
  async run(subject) {
    const client = await subject.connect();
    try {
      await act(new Scene(subject, client));
    } finally {
      client.close();
    }
  },
});

const randomHex = (bytes: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');

/** The smallest valid WebAssembly, with a random custom section that makes it another module each time. */
function emptyModule(): Uint8Array {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return Uint8Array.from([...header, 0, salt.length + 2, 1, 0x78, ...salt]);
}
