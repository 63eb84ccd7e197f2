/** An engine's part of a run. */
export interface EngineRecord {
  readonly name: string;
  readonly version: string;
  /** It took every so many-th case. */
  readonly every: number;
  readonly cases: number;
  /** Seconds that it ran, beside the others. */
  readonly seconds: number;
}

/** What is known of a run so far. It is kept as JSON, so that a run that was stopped goes on where it was. */
export interface RunRecord {
  readonly set: 'corpus' | 'random';
  /** The same as long as cases, engines and the runtime are the same. */
  readonly fingerprint: string;
  /** What else took part, with its version. */
  readonly tools: readonly string[];
  readonly engines: readonly EngineRecord[];
  readonly cases: number;
  /** Different modules among the cases. */
  readonly modules: number;
  /** Cases by the status that the first engine ended them with; `none` for those that it did not end. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly differences: number;
  /** The first of the differences, one a line. */
  readonly shown: readonly string[];
  readonly seconds: number;
}
