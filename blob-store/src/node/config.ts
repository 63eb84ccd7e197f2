import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_BLOB_BYTES } from '../port.js';

/** The port a blob server listens on unless told otherwise. */
export const DEFAULT_BLOB_PORT = 4001;

/** All that a blob server can be told. */
export interface BlobServerConfig {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly maxBytes: number;
}

/**
 * Reads `--dir --host --port --max-bytes`, then `DMCN_BLOBS_DIR`, `_HOST`, `_PORT`, `_MAX_BYTES`, then the defaults:
 * `$DMCN_HOME/blobs` (or `~/.dmcn/blobs`), 127.0.0.1, 4001, 64 MiB.
 * @throws TypeError on an unknown flag, RangeError on a number out of range
 */
export function readBlobServerConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BlobServerConfig {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { dir: option, host: option, port: option, 'max-bytes': option },
  });
  const home = env.DMCN_HOME ?? join(homedir(), '.dmcn');
  const port = values.port ?? env.DMCN_BLOBS_PORT ?? String(DEFAULT_BLOB_PORT);
  const maxBytes = values['max-bytes'] ?? env.DMCN_BLOBS_MAX_BYTES ?? String(MAX_BLOB_BYTES);
  return Object.freeze({
    dir: values.dir ?? env.DMCN_BLOBS_DIR ?? join(home, 'blobs'),
    host: values.host ?? env.DMCN_BLOBS_HOST ?? '127.0.0.1',
    port: integer('port', port, 0, 65_535),
    maxBytes: integer('max-bytes', maxBytes, 1, MAX_BLOB_BYTES),
  });
}

function integer(name: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new RangeError(`${name} is "${text}"; give a whole number from ${low} to ${high}`);
}
