import type * as schema from '../store/schema/index.js';

/** Version of the reducers. Rows of another version cannot be built upon: raise it whenever a reducer's result changes. */
export const REVISION = 11;

type Schema = typeof schema;

/** Tables that reducers write. The checkpoint is the store's own. */
export type TableName = Exclude<keyof Schema, 'checkpoint'>;

/** The row of each table, as reducers see it. */
export type Rows = { readonly [T in TableName]: Readonly<Schema[T]['$inferSelect']> };

export type Checkpoint = Readonly<Omit<Schema['checkpoint']['$inferSelect'], 'id'>>;

/** The columns that name a row. */
export const keyColumns = {
  blocks: ['height'],
  totals: ['id'],
  params: ['module'],
  seeds: ['height'],
  validatorKeys: ['operator', 'activeHeight'],
  validators: ['operator'],
  failures: ['height', 'position'],
  payoutPauses: ['account', 'height'],
  modules: ['id'],
  jobs: ['id'],
  batches: ['jobId', 'batch'],
  leases: ['jobId', 'batch', 'epoch'],
  units: ['jobId', 'unit'],
  selections: ['jobId', 'batch', 'epoch'],
  audits: ['jobId', 'batch', 'epoch', 'place'],
  withheld: ['jobId', 'batch', 'epoch'],
  payments: ['jobId', 'batch'],
  disputes: ['id'],
  votes: ['disputeId', 'validator'],
  referees: ['validator'],
  absences: ['height', 'position'],
  settledUnits: ['jobId', 'batch', 'epoch', 'unit'],
  demands: ['jobId', 'batch', 'epoch'],
  missingInputs: ['height', 'position'],
  workers: ['owner'],
  reputationHistory: ['height', 'position'],
  bondHistory: ['height', 'position'],
  lapses: ['id'],
  slashes: ['id'],
  requesters: ['address'],
  marketPeriods: ['size', 'start'],
  earningPeriods: ['owner', 'size', 'start'],
  supplyPeriods: ['size', 'start'],
  proposals: ['id'],
  proposalVotes: ['proposalId', 'voter'],
} as const satisfies { readonly [T in TableName]: readonly (keyof Rows[T])[] };

/** Tables whose rows are written once and then only pruned, and that no reducer reads: most of all rows. */
export const logTables: ReadonlySet<TableName> = new Set([
  'seeds',
  'failures',
  'absences',
  'missingInputs',
  'reputationHistory',
  'bondHistory',
]);

/** All tables whose rows are written once and then only pruned. */
export const seriesTables: ReadonlySet<TableName> = new Set([...logTables, 'blocks']);

type KeyColumns = typeof keyColumns;

type Values<Row, Columns extends readonly unknown[]> = {
  readonly [I in keyof Columns]: Columns[I] extends keyof Row ? Row[Columns[I]] : never;
};

/** What names a row of the table. */
export type Key<T extends TableName> = Values<Rows[T], KeyColumns[T]>;

export const tableNames = Object.keys(keyColumns) as readonly TableName[];

/** The key of a row. */
export const keyOf = <T extends TableName>(table: T, row: Rows[T]): Key<T> =>
  keyColumns[table].map((column) => row[column as keyof Rows[T]]) as unknown as Key<T>;
