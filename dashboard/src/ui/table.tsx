import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the right. */
  readonly number?: boolean;
  /** The narrowest screen that has room for it. */
  readonly from?: 'tablet' | 'desk';
  /** Digits that it has room for, or the rest of the room. Where all columns say so, none moves when cells are filled. */
  readonly digits?: number | 'rest';
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Keeps room for that many rows, so that nothing moves while they come and go. */
  readonly room?: number;
  readonly empty?: string;
}

const classOf = <Row,>({ number, from }: Column<Row>): string =>
  [number && 'number', from && `from-${from}`].filter(Boolean).join(' ');

/** A table whose rows change in place: a row's element belongs to its position. */
export function Table<Row>({ caption, columns, rows, room = 0, empty = 'Nothing yet.' }: Props<Row>) {
  const spare = Math.max(0, room - rows.length);
  const settled = columns.every(({ digits }) => digits !== undefined);
  return (
    <div class="table">
      <table class={settled ? 'settled' : ''}>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                class={classOf(column)}
                {...(settled && column.digits !== 'rest' && { style: { '--digits': column.digits } })}
              >
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map((column) => (
                <td key={column.name} class={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td class="empty" colSpan={columns.length}>
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {spare > 0 && (
        <div class="spare" style={{ '--rows': rows.length === 0 ? spare - 1 : spare }} aria-hidden="true" />
      )}
    </div>
  );
}
