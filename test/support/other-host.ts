import { fork } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const host = fileURLToPath(new URL('../programs/other-host.mjs', import.meta.url));

/** How a program ended under Node's own WASI host. */
export interface HostRun {
  /** `trap` where it did not end by itself. */
  readonly exitCode: number | 'trap';
  readonly output: Buffer;
}

/** Node 20 crashes in WASI calls that V8 made fast once the program's memory has grown. */
const execArgv = ['--no-warnings', '--no-turbo-fast-api-calls'];

/** Runs a program as it is, with no instrument in it, under the WASI host that Node brings, in a process of its own. */
export async function runElsewhere(
  file: string,
  args: readonly string[],
  input: Uint8Array,
): Promise<HostRun> {
  const child = fork(host, [file, ...args], {
    execArgv,
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdin || !child.stdout) throw new Error('the host has no pipes');
  child.stdin.end(input);
  const said = new Promise<Pick<HostRun, 'exitCode'>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Pick<HostRun, 'exitCode'>));
    child.once('exit', (code) => reject(new Error(`the other host ended with ${code} and said nothing`)));
  });
  const [{ exitCode }, output] = await Promise.all([said, buffer(child.stdout)]);
  return { exitCode, output };
}
