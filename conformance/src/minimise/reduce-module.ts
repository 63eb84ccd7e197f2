import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where binaryen's programs are; wasm-reduce runs wasm-opt. */
const BINARIES = '/usr/bin';
const WASM_REDUCE = path.join(BINARIES, 'wasm-reduce');
const ASK = fileURLToPath(new URL('../../dist/minimise/ask.js', import.meta.url));
const MOST_MS = 5 * 60_000;

/** What the profile accepts; wasm-reduce takes others for granted. */
const FEATURES = [
  '--mvp-features',
  '--enable-sign-ext',
  '--enable-nontrapping-float-to-int',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-bulk-memory',
].join(' ');

/** Whether a module is still of interest. */
export type Predicate = (module: Uint8Array) => Promise<boolean>;

/**
 * A smaller module for which the predicate holds too, by binaryen's wasm-reduce. The module itself where that is missing, or where it
 * takes too long to come to anything.
 */
export async function reduceModule(module: Uint8Array, holds: Predicate): Promise<Uint8Array> {
  if (!existsSync(WASM_REDUCE)) return module;
  const directory = await mkdtemp(path.join(tmpdir(), 'dmcn-reduce-'));
  const [original, candidate, best, socket] = ['original.wasm', 'test.wasm', 'best.wasm', 'socket'].map(
    (name) => path.join(directory, name),
  ) as [string, string, string, string];
  const server = await answerAt(socket, holds);
  try {
    await writeFile(original, module);
    await writeFile(best, module);
    const command = [process.execPath, ASK, socket, candidate].map((word) => `'${word}'`).join(' ');
    const words = [
      original,
      `--command=${command}`,
      '--test',
      candidate,
      '--working',
      best,
      '--timeout',
      '60',
      '--binaries',
      BINARIES,
    ];
    const options = { timeout: MOST_MS, killSignal: 'SIGKILL' } as const;
    await promisify(execFile)(WASM_REDUCE, [...words, '--extra-flags', FEATURES], options).catch(
      () => undefined,
    );
    const reduced = new Uint8Array(await readFile(best));
    return reduced.length < module.length && (await holds(reduced)) ? reduced : module;
  } finally {
    server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Takes the path of a module from each connection, and answers whether the predicate holds for it. */
async function answerAt(socket: string, holds: Predicate): Promise<Server> {
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.once('data', async (file) => {
      const answer = await readFile(file.toString())
        .then((bytes) => holds(new Uint8Array(bytes)))
        .catch(() => false);
      connection.end(answer ? 'differs\n' : 'agrees\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}
