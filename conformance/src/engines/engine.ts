import type { Case } from '../case.js';
import type { Outcome } from '../outcome.js';

/** An engine that is running. */
export interface Engine {
  /** As in reports: `node`, `chromium`, `jsc`, `spidermonkey`, `wasmtime`, `wazero-compiler`, `wazero-interpreter`, `wazero-arm64`. */
  readonly name: string;
  /** Its own version, as it tells it. */
  readonly version: string;
  /**
   * Runs the cases, each in a fresh instance, and resolves with one outcome for each, in their order. A case that kills
   * the engine, or takes longer than the limit, has the outcome `none`; the others have theirs all the same.
   */
  run(cases: readonly Case[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

/** An engine that may be on this machine. */
export interface EngineKind {
  readonly name: string;
  /** Starts it. Rejects where it is missing, with a message that names the package to install. */
  open(): Promise<Engine>;
}
