import { prepareTask } from '../run/prepare-task.js';
import { type RunOptions, runUnit } from '../run/run-unit.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';

/** A unit without input that may use much. */
export const REQUEST: UnitRequest = {
  input: new Uint8Array(),
  unit: 0,
  args: [],
  gasLimit: 10n ** 10n,
  memoryLimit: 64 * 1024 * 1024,
};

/** Prepares and runs a raw module once. */
export async function runBytes(
  bytes: Uint8Array,
  request: Partial<UnitRequest> = {},
  options: RunOptions = {},
): Promise<UnitResult> {
  return runUnit(await prepareTask(bytes), { ...REQUEST, ...request }, options);
}
