/** Why a unit was given up. */
export type AbandonReason =
  /** The host or engine refused memory below the job's limit. */
  | 'memory'
  /** The engine's own stack ended before the profile's. */
  | 'stack'
  /** The engine refused or failed at something that it should do. */
  | 'engine'
  /** The process that ran the unit ended. */
  | 'crash'
  /** The wall-clock limit passed. */
  | 'timeout'
  /** The caller asked for it. */
  | 'aborted';

const advice: Record<AbandonReason, string> = {
  memory: 'free some memory or leave the unit to another machine',
  stack: 'run it with a larger stack',
  engine: 'try another version of the engine',
  crash: 'run it again',
  timeout: 'run it on a faster machine or with a longer limit',
  aborted: 'run it again when wanted',
};

/** The unit has no outcome: this host could not bring it to its end. Never to be reported as a result. */
export class UnitAbandonedError extends Error {
  override readonly name = 'UnitAbandonedError';
  readonly retryable = true;

  constructor(
    readonly reason: AbandonReason,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`the unit was abandoned: ${detail}; ${advice[reason]}`, options);
  }
}

/** The request cannot be a unit of any job, whatever the module. */
export class UnitRequestError extends Error {
  override readonly name = 'UnitRequestError';
  readonly retryable = false;

  constructor(
    readonly field: 'input' | 'unit' | 'args' | 'gasLimit' | 'memoryLimit',
    message: string,
  ) {
    super(message);
  }
}
