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

/** All items of a list, read page by page. */
export async function everyPage<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let page = await read({});
  items.push(...page.items);
  while (page.next !== undefined) {
    page = await read({ after: page.next });
    items.push(...page.items);
  }
  return items;
}
