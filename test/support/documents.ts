/** What `dmcn job run --json` prints and `manifest.json` holds. */
export interface Manifest {
  readonly jobId: string;
  readonly moduleId: string;
  readonly funded: string;
  readonly paid: string;
  readonly royalty: string;
  readonly fee: string;
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
