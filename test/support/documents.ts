/** What `dmcn job run --json` prints and `manifest.json` holds. */
export interface Manifest {
  readonly jobId: string;
  readonly moduleId: string;
  readonly funded: string;
  readonly paid: string;
  readonly royalty: string;
  readonly fee: string;
  readonly audits: string;
  readonly refunded: string;
  readonly units: readonly ManifestUnit[];
}

export interface ManifestUnit {
  readonly name: string;
  readonly status: string;
  readonly exitCode: number;
  readonly gas: string;
  readonly outputSha256: string;
  readonly worker: string;
  readonly paid: string;
}

/** What `dmcn module run --json` prints. */
export interface UnitRun {
  readonly status: string;
  readonly exitCode: number;
  readonly gas: string;
  readonly outputSha256: string;
}

/** What `dmcn job submit --json` prints. */
export interface Submitted {
  readonly jobId: string;
  readonly moduleId: string;
  readonly escrow: string;
  readonly hash: string;
  readonly height: number;
}

/** What `dmcn job status --json` prints, as far as the tests read it. */
export interface JobStatus {
  readonly id: string;
  readonly state: string;
  readonly funded: string;
  readonly paid: string;
  readonly refunded: string;
  readonly remaining: string;
  readonly finalBatches: number;
  readonly endedBatches: number;
  readonly missingReporters: readonly string[];
}

/** Where something happened; no hash where the block did it by itself. */
interface Place {
  readonly height: number;
  readonly hash: string | null;
}

/** What `dmcn job receipt --json` prints and `receipt.json` holds, as far as the tests read it. */
export interface Receipt {
  readonly jobId: string;
  readonly state: string;
  readonly funded: string;
  readonly paid: string;
  readonly royalty: string;
  readonly fee: string;
  readonly refunded: Place & { readonly amount: string };
  readonly endedBatches: number;
  readonly batches: readonly {
    readonly units: number;
    readonly worker: string;
    readonly pay: string;
    readonly committed: Place;
    readonly opened: Place;
    readonly paid: Place;
  }[];
}
