import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { descendants } from '../testing/processes.js';
import { REQUEST } from '../testing/run-bytes.js';
import { command } from '../testing/wat.js';
import { childFlags } from './child-flags.js';
import { createExecutor } from './executor.js';

describe("a unit's process, if a module could run JavaScript in it, may not", () => {
  test.each([
    ['read files', `require('fs').readFileSync('/etc/passwd')`],
    ['list files', `require('fs').readdirSync('/')`],
    ['read what the system tells of processes', `require('fs').readFileSync('/proc/self/environ')`],
    ['write files', `require('fs').writeFileSync('/tmp/dmcn-unit', '')`],
    [
      'write its own code',
      `require('fs').writeFileSync(${JSON.stringify(fileURLToPath(import.meta.url))}, '')`,
    ],
    ['start processes', `require('child_process').execSync('id')`],
    ['start threads', `new (require('worker_threads').Worker)('', { eval: true })`],
    ['load native code', `process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')`],
    ['open an inspector', `new (require('inspector').Session)().connect()`],
    ['make code from text', `new Function('return 1')()`],
  ])('%s', (_, code) => {
    const refusals = ['ERR_ACCESS_DENIED', 'ERR_DLOPEN_DISABLED'];
    const script = `try { ${code} } catch (error) {
      process.exitCode = ${JSON.stringify(refusals)}.includes(error.code) || error instanceof EvalError ? 42 : 1
      if (process.exitCode === 1) console.error(error)
    }`;
    const { status, stderr } = spawnSync(process.execPath, [...childFlags(), '-e', script], { env: {} });
    expect([status, stderr.toString()]).toEqual([42, '']);
  });
});

describe.skipIf(process.platform !== 'linux')("a unit's process, as the system shows it,", () => {
  test('has no environment, no directory of ours and no descriptor but its channel', async () => {
    const executor = createExecutor();
    try {
      await executor.run({ module: command(''), ...REQUEST });
      const [child] = descendants(process.pid).filter(({ command }) => command.includes('node/child.js'));
      const proc = `/proc/${child?.pid}`;
      expect(openFiles(proc)).toEqual(['/dev/null', 'socket 1']);
      expect(readlinkSync(`${proc}/cwd`)).toBe('/');
      expect(environment(proc)).toEqual(CHANNEL);
    } finally {
      await executor.close();
    }
  });

  test('inherits nothing that its parent had open or knew', async () => {
    const index = fileURLToPath(new URL('../../dist/', import.meta.url));
    const program = `
      const { createExecutor } = await import('${index}node/index.js');
      const { command } = await import('${index}testing/wat.js');
      const { REQUEST } = await import('${index}testing/run-bytes.js');
      await createExecutor().run({ module: command(''), ...REQUEST });
      console.log('ran'); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { SECRET: 'mnemonic' },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe', 'pipe'],
    });
    try {
      await new Promise((resolve) => parent.stdout?.once('data', resolve));
      const started = descendants(parent.pid ?? 0);
      const [child] = started.filter(({ command }) => command.includes('node/child.js'));
      expect(environment(`/proc/${child?.pid}`)).toEqual(CHANNEL);
      expect(openFiles(`/proc/${child?.pid}`)).toEqual(['/dev/null', 'socket 1']);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});

/** Where Node tells a child of its channel; the child forgets them when it starts. */
const CHANNEL = ['NODE_CHANNEL_FD=3', 'NODE_CHANNEL_SERIALIZATION_MODE=advanced'];

/** What a process has open, sockets counted, but for the event loop's own. */
function openFiles(proc: string): string[] {
  const targets = readdirSync(`${proc}/fd`).map((fd) => readlinkSync(`${proc}/fd/${fd}`));
  const sockets = targets.filter((target) => target.startsWith('socket:'));
  const files = targets.filter((target) => !/^(anon_inode|pipe|socket):/.test(target));
  return [...new Set(files), `socket ${sockets.length}`];
}

function environment(proc: string): string[] {
  return readFileSync(`${proc}/environ`, 'latin1').split('\0').filter(Boolean);
}
