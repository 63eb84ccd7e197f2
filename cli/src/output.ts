/** The one place that writes for a person or a program: documents to stdout, everything else to stderr. */
export interface Output {
  /** Prints the document with --json, the text otherwise. */
  result(document: unknown, text: () => string): void;
  /** A line of progress. */
  progress(line: string): void;
  /** A line that replaces the one before on a terminal; elsewhere only the last one of a second is printed. */
  status(line: string): void;
  /** Ends a line of status. */
  statusDone(): void;
}

/** JSON with bigints as decimal strings and bytes as hex. */
export function toJson(document: unknown): string {
  return JSON.stringify(document, (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    return value;
  });
}

export function createOutput(json: boolean, stdout = process.stdout, stderr = process.stderr): Output {
  let shown = '';
  let printed = 0;
  const clear = () => {
    if (shown && stderr.isTTY) stderr.write('\r\u001b[2K');
    shown = '';
  };
  return {
    result(document, text) {
      clear();
      stdout.write(`${json ? toJson(document) : text()}\n`);
    },
    progress(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    status(line) {
      if (line === shown) return;
      if (stderr.isTTY) {
        clear();
        stderr.write(line);
      } else {
        if (Date.now() - printed < 1_000) return;
        printed = Date.now();
        stderr.write(`${line}\n`);
      }
      shown = line;
    },
    statusDone() {
      if (shown && stderr.isTTY) stderr.write('\n');
      shown = '';
    },
  };
}

/** Rows under headings, columns as wide as their widest cell; numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return /^[\d.,%-]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
