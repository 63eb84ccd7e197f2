/** How a unit ended, with the number that its leaf carries. All of them are valid, paid outcomes. */
export const STATUS_CODES = {
  OK: 0,
  EXIT: 1,
  TRAP: 2,
  OUT_OF_GAS: 3,
  STACK_OVERFLOW: 4,
  OUTPUT_LIMIT: 5,
  INVALID_MODULE: 6,
} as const;

export type Status = keyof typeof STATUS_CODES;
export type StatusCode = (typeof STATUS_CODES)[Status];
