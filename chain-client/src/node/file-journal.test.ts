import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JournalError } from '../acting/journal.js';
import { openFileJournal } from './file-journal.js';
import { JournalLockedError } from './lock.js';

const bytes = (text: string) => new TextEncoder().encode(text);
let home: string;
let directory: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dmcn-journal-'));
  directory = join(home, 'journal');
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('a journal in a directory', () => {
  test('keeps what was written, over a restart too, for its owner only', async () => {
    const journal = await openFileJournal(directory);
    await journal.write('sent.accept-1-0-0', bytes('one'));
    await journal.write('unit.1-0-0.3', bytes('two'));
    await journal.write('sent.accept-1-0-0', bytes('three'));
    await journal.close();
    const again = await openFileJournal(directory);
    expect(await again.read('sent.accept-1-0-0')).toEqual(bytes('three'));
    expect((await again.list()).map(({ name }) => name).sort()).toEqual([
      'sent.accept-1-0-0',
      'unit.1-0-0.3',
    ]);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, 'unit.1-0-0.3'))).mode & 0o777).toBe(0o600);
    await again.remove('unit.1-0-0.3');
    expect(await again.read('unit.1-0-0.3')).toBeUndefined();
    await again.close();
  });

  test('takes a torn or changed entry for none, and clears what a write left that never ended', async () => {
    const journal = await openFileJournal(directory);
    await journal.write('torn', bytes('something long enough'));
    await journal.write('changed', bytes('something else'));
    await journal.close();
    await truncate(join(directory, 'torn'), 40);
    const content = await readFile(join(directory, 'changed'));
    content[40] = (content[40] ?? 0) ^ 1;
    await writeFile(join(directory, 'changed'), content);
    await writeFile(join(directory, '.new-0011'), 'half of');
    await writeFile(join(directory, 'empty'), '');
    const again = await openFileJournal(directory);
    for (const name of ['torn', 'changed', 'empty']) expect(await again.read(name)).toBeUndefined();
    expect((await readdir(directory)).filter((name) => name.startsWith('.new'))).toEqual([]);
    await again.write('torn', bytes('anew'));
    expect(await again.read('torn')).toEqual(bytes('anew'));
    await again.close();
  });

  test('error: names that could lead out of it', async () => {
    const journal = await openFileJournal(directory);
    for (const name of ['../x', '.lock', 'a/b', '']) {
      await expect(journal.write(name, bytes('x'))).rejects.toThrow(RangeError);
    }
    await journal.close();
  });

  test.skipIf(process.getuid?.() !== 0 || !canMount())(
    'error: a full disk is told as such, what was there stays, and it goes on once there is room',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', home]);
      try {
        const journal = await openFileJournal(directory);
        await journal.write('small', bytes('before'));
        const large = journal.write('small', new Uint8Array(300_000));
        await expect(large).rejects.toThrow(JournalError);
        await expect(large).rejects.toThrow(
          /journal .* cannot be written \(the disk is full\), so nothing was sent/,
        );
        expect(await journal.read('small')).toEqual(bytes('before'));
        await journal.write('small', bytes('after'));
        expect(await journal.read('small')).toEqual(bytes('after'));
        await journal.close();
      } finally {
        execFileSync('umount', [home]);
      }
    },
  );

  test.skipIf(process.getuid?.() === 0)('error: a directory that may not be written', async () => {
    await chmod(home, 0o500);
    await expect(openFileJournal(directory)).rejects.toThrow(JournalError);
    await chmod(home, 0o700);
  });
});

describe('its lock', () => {
  const module = fileURLToPath(new URL('../../dist/node/index.js', import.meta.url));
  /** Another process that opens the journal, says so, and goes on until it is killed. */
  async function holder() {
    const code = `import(${JSON.stringify(module)}).then(({ openFileJournal }) => openFileJournal(process.argv[1]))
      .then(() => { console.log('open'); setInterval(() => {}, 1000); }, (error) => console.log(error.name))`;
    const child = spawn(process.execPath, ['--eval', code, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, said: String(said).trim() };
  }

  test('keeps a second process out, and is taken over from one that was killed', async () => {
    const { child, said } = await holder();
    expect(said).toBe('open');
    const refused = openFileJournal(directory);
    await expect(refused).rejects.toThrow(JournalLockedError);
    await expect(refused).rejects.toThrow(`process ${child.pid} works with ${directory} already`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const journal = await openFileJournal(directory);
    await journal.close();
  });

  test('of a process whose id another one has now is taken over', async () => {
    await (await openFileJournal(directory)).close();
    await writeFile(join(directory, '.lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    await (await openFileJournal(directory)).close();
  });

  test.each(['', 'rubbish', '{"pid":-1}'])('that is damaged (%j) is taken over', async (content) => {
    await (await openFileJournal(directory)).close();
    await writeFile(join(directory, '.lock'), content);
    await (await openFileJournal(directory)).close();
  });

  test('goes to one of many that want it at once, though a dead one left it', async () => {
    await (await openFileJournal(directory)).close();
    await writeFile(join(directory, '.lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: '' }));
    const all = await Promise.all(Array.from({ length: 4 }, holder));
    expect(all.filter(({ said }) => said === 'open')).toHaveLength(1);
    expect(all.filter(({ said }) => said === 'JournalLockedError')).toHaveLength(3);
    for (const { child } of all) child.kill('SIGKILL');
  });
});

function canMount(): boolean {
  try {
    execFileSync(
      'sh',
      ['-c', 'd=$(mktemp -d) && mount -t tmpfs -o size=16k tmpfs "$d" && umount "$d" && rmdir "$d"'],
      {
        stdio: 'ignore',
      },
    );
    return true;
  } catch {
    return false;
  }
}
