/** Which part of a list to return. */
export interface PageRequest {
  /** Largest number of items, 100 unless given. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: Uint8Array;
}

/** One part of a list, in the list's order. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: Uint8Array;
}
