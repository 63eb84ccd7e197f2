/** What one unit reads, under a name that sorts in unit order. */
export interface UnitInput {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `unit-007` and the like: padded so that the names of `units` units sort in order. */
export function unitName(unit: number, units: number): string {
  return `unit-${String(unit).padStart(String(Math.max(units - 1, 0)).length, '0')}`;
}
