import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Ours with its cache and without, and who serves the same beside it; those that are compared stand side by side. */
export const contenders = [
  'cached',
  'httpBytes',
  'uncached',
  'yoga',
  'apollo',
  'mercurius',
  'mercuriusJit',
  'httpSql',
] as const;

export type Contender = (typeof contenders)[number];

const program = fileURLToPath(new URL('./server-process.js', import.meta.url));

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  /** Processor time that it has used, in nanoseconds. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

/** The next message of a server, or why none comes. */
const told = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a server ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });

/** Starts a contender over an index. */
export const start = async (contender: Contender, dbPath: string): Promise<Served> => {
  const child = fork(program, [contender, dbPath], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { port } = await told<{ port: number }>(child);
  const path = contender === 'apollo' ? '/' : '/graphql';
  return {
    url: `http://127.0.0.1:${port}${path}`,
    cpu: async () => {
      const answer = told<{ cpu: number }>(child);
      child.send('cpu');
      return (await answer).cpu;
    },
    stop: async () => {
      const over = once(child, 'exit');
      child.kill();
      await over;
    },
  };
};
