import { LIMITS, PAGE_BYTES } from '../profile/limits.js';
import { UnitRequestError } from './errors.js';
import type { UnitRequest } from './unit.js';

/** Gas is counted in an i64; no job needs as much as this. */
const MOST_GAS = 2n ** 62n;
const MOST_UNITS = 2 ** 32;

const utf8 = new TextEncoder();

/** Checks what does not depend on the module. @throws UnitRequestError */
export function validateRequest({ input, unit, args, gasLimit, memoryLimit }: UnitRequest): void {
  if (input.length > LIMITS.inputBytes) {
    const message = `the input has ${input.length} bytes, the limit is ${LIMITS.inputBytes}: split it into more units`;
    throw new UnitRequestError('input', message);
  }
  if (!Number.isInteger(unit) || unit < 0 || unit >= MOST_UNITS) {
    throw new UnitRequestError('unit', `the unit index ${unit} is no integer from 0 to 2^32 - 1`);
  }
  const bytes = args.reduce((sum, argument) => sum + utf8.encode(argument).length + 1, 0);
  if (bytes > LIMITS.argumentBytes) {
    const message = `the arguments have ${bytes} bytes, the limit is ${LIMITS.argumentBytes}: pass less`;
    throw new UnitRequestError('args', message);
  }
  if (args.some((argument) => argument.includes('\0'))) {
    throw new UnitRequestError('args', 'an argument holds a NUL character: remove it');
  }
  if (gasLimit < 0n || gasLimit >= MOST_GAS) {
    throw new UnitRequestError('gasLimit', `the gas limit ${gasLimit} is not between 0 and 2^62`);
  }
  if (!Number.isSafeInteger(memoryLimit) || memoryLimit < 0) {
    throw new UnitRequestError('memoryLimit', `the memory limit ${memoryLimit} is no number of bytes`);
  }
}

/** Pages that a memory limit in bytes allows. */
export function memoryPages(memoryLimit: number): number {
  return Math.min(Math.floor(memoryLimit / PAGE_BYTES), LIMITS.memoryPages);
}
