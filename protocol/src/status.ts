import { InvalidLeafError } from './errors.js';

/** How a unit's run can end, in the order of the execution profile's numbers. All of them are paid outcomes. */
export const STATUSES = [
  'OK',
  'EXIT',
  'TRAP',
  'OUT_OF_GAS',
  'STACK_OVERFLOW',
  'OUTPUT_LIMIT',
  'INVALID_MODULE',
] as const;

/** The execution profile's name of an outcome. */
export type Status = (typeof STATUSES)[number];

/** The number of a status in encodings, 0 to 6. */
export function statusCode(status: Status): number {
  return STATUSES.indexOf(status);
}

/** The status of a number in an encoding; throws InvalidLeafError for a number that is none. */
export function statusFromCode(code: number): Status {
  const status = STATUSES[code];
  if (status === undefined) throw new InvalidLeafError('status', `unknown status ${code}`);
  return status;
}
