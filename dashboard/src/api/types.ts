import type { introspection } from '../gen/schema.js';

type Enum<Name extends keyof introspection['types']> = introspection['types'][Name] extends {
  readonly enumValues: infer Values;
}
  ? Values
  : never;

export type BatchState = Enum<'BatchState'>;
export type JobState = Enum<'JobState'>;
export type UnitStatus = Enum<'UnitStatus'>;
export type WorkerStatus = Enum<'WorkerStatus'>;
export type SearchKind = Enum<'SearchKind'>;
export type PeriodSize = Enum<'PeriodSize'>;
export type DisputeState = Enum<'DisputeState'>;
export type Verdict = Enum<'Verdict'>;
