import { hashBlob, hashToHex } from '@dmcn/blob-store';
import type { Signer } from '@dmcn/chain-client';
import { Sender } from '@dmcn/chain-client/acting';
import { type Mortal, memoryJournal } from '@dmcn/chain-client/acting/testing';
import { deriveEncryptionKeyPair } from '@dmcn/protocol';
import { recover } from '../journal/recover.js';
import { WORKER_DEFAULTS, type WorkerOptions } from '../options.js';
import type { WorkerIdentity, WorkerPorts } from '../ports.js';
import { ensureRegistered } from '../register.js';
import type { WorkerNotice } from '../state.js';
import { runWorker } from '../worker.js';
import { accountOf, Market, type Story } from './market.js';
import { blobsOf, chainOf, executorOf, type World } from './outside.js';
import { jobBlobs } from './task.js';

const signerOf = (address: string): Signer => ({
  address,
  publicKey: new Uint8Array(33),
  sign: async (it) => it,
});

/** A world in which the batch is offered to `worker`. */
export function newWorld(worker: string, story: Story = {}, blobs = jobBlobs): World {
  return {
    market: new Market(worker, story),
    blobs: new Map(blobs.map((blob) => [hashToHex(hashBlob(blob)), blob])),
    disk: new Map(),
    runs: new Map(),
    ahead: 0,
  };
}

export interface LifeOptions extends Partial<WorkerOptions> {
  readonly owner: string;
  readonly notices?: WorkerNotice[];
  readonly drain?: AbortSignal;
  /** Makes something of the outside fail. */
  readonly alter?: (ports: WorkerPorts) => Partial<WorkerPorts>;
}

/** One process of a worker, from its start until `end`, or until it dies. */
export async function live(
  world: World,
  mortal: Mortal,
  end: AbortSignal,
  { owner, notices = [], drain = new AbortController().signal, alter, ...options }: LifeOptions,
): Promise<void> {
  const real: WorkerPorts = {
    chain: chainOf(world, mortal),
    journal: memoryJournal(world.disk, mortal),
    executor: executorOf(world, mortal),
    blobsAt: () => blobsOf(world, mortal),
  };
  const ports = { ...real, ...alter?.(real) };
  const { chain, journal } = ports;
  const sender = new Sender(chain, journal);
  const encryption = await deriveEncryptionKeyPair(
    new Uint8Array([...accountOf(owner), ...accountOf(owner)]),
  );
  const identity: WorkerIdentity = { owner, operator: signerOf(`${owner}-operator`), encryption };
  const work = async () => {
    await recover(sender, journal);
    const { publicKey: encryptionKey } = encryption;
    const offer = {
      operator: `${owner}-operator`,
      ask: 1n,
      rate: 1n,
      memory: 1n,
      features: [],
      modules: [],
      maxGasLimit: 0n,
      encryptionKey,
    };
    await ensureRegistered(sender, { owner: signerOf(owner), offer, bond: 1n }, end);
    await runWorker(
      identity,
      ports,
      { ...WORKER_DEFAULTS, ...options },
      {
        onState: () => {},
        onNotice: (notice) => notices.push(notice),
        drain,
        stop: AbortSignal.any([end, mortalSignal(mortal)]),
      },
    );
  };
  const ended = work().catch((error: unknown) => {
    if (!end.aborted && !mortal.hasDied) throw error;
  });
  await Promise.race([ended, mortal.death]);
}

/** What still runs of a dead process ends, so that it costs the test nothing. */
function mortalSignal(mortal: Mortal): AbortSignal {
  const controller = new AbortController();
  void mortal.death.then(() => controller.abort());
  return controller.signal;
}

/** Makes a block every millisecond until the signal aborts. */
export async function passTime({ market }: World, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    market.makeBlock();
  }
}
