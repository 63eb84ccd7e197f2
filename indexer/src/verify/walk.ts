import type { Page, PageRequest } from '@dmcn/chain-client';
import type { List } from '../store/reader/list.js';

const ROWS = 1_000;

/** All items of a list of the chain, page by page. */
export async function* itemsOf<T>(read: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let page: PageRequest | undefined = {}; page !== undefined; ) {
    const { items, next }: Page<T> = await read(page);
    yield* items;
    page = next && { after: next };
  }
}

/** All rows of a list of the index. */
export function* rowsOf<Row, Filter, Order extends string>(
  list: List<Row, Filter, Order>,
  filter: Filter,
  field: Order,
): Generator<Row> {
  for (let after: string | undefined, more = true; more; ) {
    const page = list.page(filter, { field }, { size: ROWS, ...(after !== undefined && { after }) });
    for (const { node } of page.edges) yield node;
    after = page.edges.at(-1)?.cursor;
    more = page.hasNextPage;
  }
}
