import { BadCursorError, type List, type OrderBy, type PageRequest } from '@dmcn/indexer';
import type { Context } from './context.js';
import { BadArgumentError } from './errors.js';
import { isOfNoRow } from './schema/row.js';

/** Rows of a page where nothing else is asked for, and the most that can be asked for. */
export const PAGE = { usual: 20, most: 100 } as const;

/** What counting a list costs of an operation's rows. */
const COUNT_COST = 100;

const NOTHING = { edges: [], hasNextPage: false, hasPreviousPage: false };

/** Relay's arguments of a connection. */
export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** One page of a list as a Relay connection. Throws `BadArgumentError` and `TooManyRowsError`. */
export const connectionOf = <Row, Filter extends object, Order extends string>(
  { rows }: Context,
  list: List<Row, Filter, Order>,
  filter: Filter,
  orderBy: OrderBy<Order>,
  args: ConnectionArgs,
) => {
  const isEmpty = isOfNoRow(Object.values(filter));
  const request = requestOf(args);
  const { edges, hasNextPage, hasPreviousPage } = isEmpty ? NOTHING : pageOf(list, filter, orderBy, request);
  rows.spend(edges.length);
  return {
    edges: [...edges],
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => {
      rows.spend(COUNT_COST);
      return isEmpty ? 0 : list.count(filter);
    },
  };
};

const pageOf: <Row, Filter, Order extends string>(
  list: List<Row, Filter, Order>,
  ...args: Parameters<List<Row, Filter, Order>['page']>
) => ReturnType<List<Row, Filter, Order>['page']> = (list, ...args) => {
  try {
    return list.page(...args);
  } catch (error) {
    throw error instanceof BadCursorError ? new BadArgumentError(error.message) : error;
  }
};

const requestOf = ({ first, after, last, before }: ConnectionArgs): PageRequest => {
  if (first != null && last != null)
    throw new BadArgumentError('ask for `first` or for `last`, not for both');
  const size = first ?? last ?? PAGE.usual;
  if (size < 0 || size > PAGE.most) {
    throw new BadArgumentError(
      `a page has 0 to ${PAGE.most} rows, not ${size}; follow its cursor to the next`,
    );
  }
  return {
    size,
    backward: last != null,
    ...(after != null && { after }),
    ...(before != null && { before }),
  };
};

/** A filter without the fields that were not given. */
export const given = <T extends object>(filter: T | null | undefined) =>
  Object.fromEntries(Object.entries(filter ?? {}).filter(([, value]) => value != null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
