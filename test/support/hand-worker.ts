import type { Batch, CommitBody, LeaseId, OpenBody, SubmitOptions, WorkerOffer } from '@dmcn/chain-client';
import {
  batchRoot,
  commitment,
  type EncryptionKeyPair,
  generateBatchKeys,
  generateEncryptionKeyPair,
  type Leaf,
  outputHash,
  sealLeaves,
  sealOutputs,
  statusCode,
  sumGas,
  wrapKey,
} from '@dmcn/protocol';
import type { Network, Person } from './network.js';
import { until } from './until.js';

/** What a worker says about a batch. */
export interface Work {
  readonly commit: CommitBody;
  readonly open: OpenBody;
}

const bond = 5_000_000n;

/** What workers by hand ask: far more than the jobs of other tests pay, so that those never wait for them. */
export const handAsk = 50_000n;

/** The largest gas limit of a unit that they take, far less than in the jobs of other tests, which they are never drawn to audit then. */
export const handGasLimit = 100_000_000n;

/** A registered worker whose every step is a test's own. */
export class HandWorker {
  private constructor(
    private readonly network: Network,
    readonly owner: Person,
    readonly operator: Person,
    private readonly encryption: EncryptionKeyPair,
  ) {}

  /** Registers and bonds a worker with a feature; its operator lives on its owner's fee grant. */
  static async register(network: Network, feature: string): Promise<HandWorker> {
    const [owner, operator] = [
      await network.person('owner', 10_000_000n),
      await network.person('operator', 0n),
    ];
    const encryption = await generateEncryptionKeyPair();
    const worker = new HandWorker(network, owner, operator, encryption);
    await network.chain.submit(
      [
        { type: 'registerWorker', ...worker.offer(feature), bond },
        { type: 'grantFees', grantee: operator.address },
      ],
      { signer: owner.signer },
    );
    return worker;
  }

  offer(feature: string): WorkerOffer {
    return {
      operator: this.operator.address,
      encryptionKey: this.encryption.publicKey,
      ask: handAsk,
      rate: 1_000_000_000_000n,
      memory: 128n * 1024n * 1024n,
      features: [feature],
      modules: [],
      maxGasLimit: handGasLimit,
    };
  }

  /** How the operator signs. */
  get asOperator(): SubmitOptions {
    return { signer: this.operator.signer, feeGranter: this.owner.address };
  }

  /** The batch of a job that is offered to this worker, while most of the time to accept it is left. */
  async offered(jobId: bigint): Promise<Batch & LeaseId> {
    const { chain } = this.network;
    const { acceptBlocks } = await chain.taskParams();
    const batch = await until(`an offer of job ${jobId}`, async () => {
      const [{ items }, { height }] = await Promise.all([
        chain.workerBatches({ worker: this.owner.address }),
        chain.status(),
      ]);
      const isFresh = ({ deadline }: Batch) => deadline - height > (2 * acceptBlocks) / 3;
      return items.find((each) => each.jobId === jobId && each.state === 'Offered' && isFresh(each));
    });
    return { ...batch, batch: batch.index };
  }

  /** The batch of a job once it is in a state. */
  async in(state: Batch['state'], { jobId, batch }: LeaseId, seconds = 60): Promise<Batch & LeaseId> {
    const found = await until(
      `batch ${batch} of job ${jobId} to be ${state}`,
      async () => {
        const now = await this.network.chain.batch({ jobId, batch });
        return now.state === state ? now : undefined;
      },
      seconds,
    );
    return { ...found, batch };
  }

  /** Does a batch without running anything: unit i gives the text `output i`. */
  async work({ jobId, batch, epoch, units }: Batch & LeaseId): Promise<Work> {
    const { chain } = this.network;
    const { spec, requester } = await chain.job(jobId);
    const lease = { worker: chain.addressBytes(this.owner.address), job: jobId, batch, epoch };
    const firstUnit = batch * spec.batchSize;
    const outputs = Array.from({ length: units }, (_, i) => Buffer.from(`output ${firstUnit + i}`));
    const leaves = outputs.map(
      (output): Leaf => ({ status: 'OK', exitCode: 0, gas: 20_000_000n, outputHash: outputHash(output) }),
    );
    const { leafKey, outputKey } = generateBatchKeys();
    const gasTotal = sumGas(leaves);
    const wrapped = (kind: 'leaf' | 'output', recipient: string, publicKey: Uint8Array) =>
      wrapKey(kind === 'leaf' ? leafKey : outputKey, publicKey, {
        ...{ kind, chainId: chain.chainId, job: jobId, batch, epoch },
        recipient: chain.addressBytes(recipient),
      });
    return {
      commit: {
        commitment: commitment(lease, leafKey, batchRoot(jobId, firstUnit, leaves), gasTotal),
        sealedLeaves: sealLeaves(leafKey, lease, leaves),
        wrappedKeys: [
          {
            kind: 0,
            recipient: this.owner.address,
            data: await wrapped('leaf', this.owner.address, this.encryption.publicKey),
          },
          { kind: 1, recipient: requester, data: await wrapped('output', requester, spec.encryptionKey) },
        ],
        outputsHash: outputHash(sealOutputs(outputKey, lease, firstUnit, outputs)),
        locators: spec.locators,
      },
      open: {
        key: leafKey,
        gasTotal,
        leaves: leaves.map((leaf, i) => ({ ...leaf, unit: firstUnit + i, status: statusCode(leaf.status) })),
      },
    };
  }

  /** Leaves the draw, so that nobody counts on this worker any more. */
  async pause(): Promise<void> {
    await this.network.chain.pauseWorker({ owner: this.owner.address }, this.asOperator);
  }
}
