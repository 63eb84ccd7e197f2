import type { Status } from '../profile/status.js';

/** Thrown through the module's frames by a host call that ends the unit. */
export class UnitEnd extends Error {
  override readonly name = 'UnitEnd';

  constructor(
    readonly status: Status,
    readonly exitCode = 0,
  ) {
    super(status);
  }
}
