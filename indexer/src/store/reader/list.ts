import { and, asc, desc, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { BadCursorError } from '../../errors.js';
import { bound, type Database, equals } from '../statements.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { inTime } from './deadline.js';

/** Which part of a list: the first so many after a cursor, or the last so many before one. */
export interface PageRequest {
  readonly size: number;
  /** From the end of the list. */
  readonly backward?: boolean;
  readonly after?: string;
  readonly before?: string;
}

/** Which column decides, and in which direction. */
export interface OrderBy<Order extends string> {
  readonly field: Order;
  readonly descending?: boolean;
}

export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

export interface Page<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Rows of a table by filter and order, page by page. */
export interface List<Row, Filter, Order extends string> {
  /** Throws `BadCursorError` for a cursor that is not of a list with this order. */
  page(filter: Filter, orderBy: OrderBy<Order>, page: PageRequest): Page<Row>;
  count(filter: Filter): number;
}

interface ListSpec<Table extends SQLiteTable, Filter, Order extends string> {
  readonly table: Table;
  /** The condition for each field of a filter, on the value of that name. */
  readonly filters: { readonly [K in keyof Filter & string]-?: (name: string) => SQL };
  /** The columns of each order; together they name one row. */
  readonly orders: Readonly<Record<Order, readonly SQLiteColumn[]>>;
}

type Values = Readonly<Record<string, unknown>>;

/** What a list's statement depends on; each shape is prepared once. */
interface Shape {
  readonly filters: readonly string[];
  readonly order: string;
  readonly descending: boolean;
  readonly after: boolean;
  readonly before: boolean;
}

/** The condition that a column has the value of that name. */
export const is = (column: SQLiteColumn) => (name: string) => equals(column, name);

/** Makes a list. Its statements are prepared when first needed. */
export const listOf = <Table extends SQLiteTable, Filter extends object, Order extends string>(
  db: Database,
  { table, filters, orders }: ListSpec<Table, Filter, Order>,
): List<Table['$inferSelect'], Filter, Order> => {
  const columnNames = new Map(Object.entries(getTableColumns(table)).map(([name, column]) => [column, name]));
  const conditions = filters as Record<string, (name: string) => SQL>;
  const conditionsOf = (names: readonly string[]) => names.flatMap((name) => conditions[name]?.(name) ?? []);

  const preparePage = (shape: Shape) => {
    const columns = orders[shape.order as Order];
    const direction = shape.descending ? desc : asc;
    const wanted = [
      ...conditionsOf(shape.filters),
      ...(shape.filters.length > 0 ? [inTime] : []),
      ...(shape.after ? [beyond(columns, shape.descending ? '<' : '>', 'after')] : []),
      ...(shape.before ? [beyond(columns, shape.descending ? '>' : '<', 'before')] : []),
    ];
    return db
      .select()
      .from(table)
      .where(and(...wanted))
      .orderBy(...columns.map((column) => direction(column)))
      .limit(sql.placeholder('limit'))
      .prepare();
  };
  const prepareCount = (names: readonly string[]) =>
    db
      .select({ count: sql<number>`count(*)` })
      .from(table)
      .where(names.length > 0 ? and(...conditionsOf(names), inTime) : undefined)
      .prepare();

  const pages = new Map<string, ReturnType<typeof preparePage>>();
  const counts = new Map<string, ReturnType<typeof prepareCount>>();

  return {
    page: (filter, { field, descending = false }, page) => {
      const columns = orders[field];
      const { names, values } = present(filter);
      const backward = page.backward ?? false;
      // Read backward, the list runs the other way and the two cursors change places.
      const [after, before] = backward ? [page.before, page.after] : [page.after, page.before];
      const shape = {
        filters: names,
        order: field,
        descending: descending !== backward,
        after: after !== undefined,
        before: before !== undefined,
      };
      const statement = remembered(pages, JSON.stringify(shape), () => preparePage(shape));
      const rows = statement.all({
        ...values,
        ...placeOf('after', after, columns),
        ...placeOf('before', before, columns),
        limit: page.size + 1,
      }) as Table['$inferSelect'][];
      const more = rows.length > page.size;
      const shown = more ? rows.slice(0, page.size) : rows;
      const edges = shown.map((node) => ({
        cursor: encodeCursor(columns.map((column) => (node as Values)[columnNames.get(column) ?? ''])),
        node,
      }));
      return {
        edges: backward ? edges.reverse() : edges,
        hasNextPage: backward ? page.before !== undefined : more,
        hasPreviousPage: backward ? more : page.after !== undefined,
      };
    },
    count: (filter) => {
      const { names, values } = present(filter);
      const statement = remembered(counts, names.join(), () => prepareCount(names));
      return statement.get(values)?.count ?? 0;
    },
  };
};

/** The fields of a filter that are set, in a fixed order. */
const present = (filter: object): { names: readonly string[]; values: Values } => {
  const entries = Object.entries(filter)
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { names: entries.map(([name]) => name), values: Object.fromEntries(entries) };
};

/** Rows on one side of a place, which the execution names. */
const beyond = (columns: readonly SQLiteColumn[], operator: '<' | '>', place: string): SQL => {
  const values = columns.map((column, i) => bound(column, `${place}${i}`));
  return sql`(${sql.join([...columns], sql`, `)}) ${sql.raw(operator)} (${sql.join(values, sql`, `)})`;
};

const placeOf = (place: string, cursor: string | undefined, columns: readonly SQLiteColumn[]): Values => {
  if (cursor === undefined) return {};
  const values = decodeCursor(cursor, columns.length);
  if (!columns.every((column, i) => isOf(column, values[i]))) throw new BadCursorError(cursor);
  return Object.fromEntries(values.map((value, i) => [`${place}${i}`, value]));
};

/** Whether a column may have such a value. Ids are integers of SQLite, which end with 64 bits. */
const isOf = (column: SQLiteColumn, value: unknown): boolean => {
  if (column.dataType !== 'custom') return typeof value === column.dataType;
  if (typeof value !== 'bigint') return false;
  return column.getSQLType() !== 'integer' || BigInt.asIntN(64, value) === value;
};

const remembered = <T>(known: Map<string, T>, name: string, make: () => T): T => {
  const value = known.get(name) ?? make();
  known.set(name, value);
  return value;
};
