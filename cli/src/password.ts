import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './errors.js';

/** The keystore's password: from DMCN_PASSWORD, else asked for on the terminal without showing it. */
export async function askPassword(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  if (env.DMCN_PASSWORD) return env.DMCN_PASSWORD;
  if (!process.stdin.isTTY) {
    throw new UsageError('the keys are encrypted; set DMCN_PASSWORD, or run this on a terminal to be asked');
  }
  process.stderr.write('password of the keys: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
