import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, newDirectory, startDevnet } from '../support/devnet.js';
import { document, fails, misused, onlyDocument } from '../support/dmcn.js';
import { isFree } from '../support/ports.js';
import { isAlive, run, start } from '../support/process.js';
import { until } from '../support/until.js';

interface Status {
  readonly height: number;
  readonly rpc: readonly string[];
  readonly graphql: readonly string[];
  readonly blobs: readonly string[];
  readonly faucet: string;
  readonly processes: readonly { readonly role: string; readonly name: string; readonly pid: number }[];
  readonly failures: readonly string[];
}

const portOf = (url: string | undefined) => Number(new URL(url ?? '').port);

describe.sequential('dmcn devnet', () => {
  let devnet: Devnet;
  let at: readonly string[];
  let offset: number;
  beforeAll(async () => {
    devnet = await startDevnet({ workers: 1 });
    at = ['--home', devnet.document.home];
    offset = portOf(devnet.document.rpc[0]) - 26_657;
  });
  afterAll(() => devnet?.stop());

  it('up prints where everything is, at the ports of the architecture', () => {
    const { home, chainId, rpc, rest, graphql, blobs, faucet } = devnet.document;
    expect([home, chainId]).toEqual([at[1], 'dmcn-devnet-1']);
    expect([rpc, rest, graphql, blobs, [faucet]].map(([url]) => portOf(url) - offset)).toEqual([
      26_657, 1_317, 4_000, 4_001, 4_002,
    ]);
    expect(new URL(graphql[0]).pathname).toBe('/graphql');
  });

  it('status exits 0 once everything answers', async () => {
    const { rpc, graphql, blobs, faucet } = devnet.document;
    const status = await until('everything to answer', async () => {
      const ended = await run(['devnet', 'status', ...at, '--json']);
      return ended.code === 0 && onlyDocument<Status>(ended);
    });
    expect(status).toMatchObject({ rpc, graphql, blobs, faucet, failures: [] });
    expect(status.height).toBeGreaterThan(0);
    expect(status.processes.map(({ role }) => role).toSorted()).toEqual([
      'blobs',
      'faucet',
      'graphql',
      'indexer',
      'referee',
      'validator',
      'worker',
    ]);
    for (const { pid } of status.processes) expect(isAlive(pid)).toBe(true);
  });

  it('up refuses a home that has one, and ports that are taken', async () => {
    await fails(['devnet', 'up', ...at], /a devnet runs in .* already; stop it with "dmcn devnet down"/);
    await fails(['devnet', 'up', '--fresh', ...at], /a devnet runs in .* already/);
    const other = ['--home', await newDirectory(), '--port-offset', String(offset)];
    await fails(['devnet', 'up', ...other], /port \d+ is in use; .*--port-offset/);
    const barred = ['--home', await newDirectory(), '--port-offset', '2000'];
    await fails(['devnet', 'up', ...barred], /port 6000 is barred by browsers; choose another --port-offset/);
    expect((await document<Status>(['devnet', 'status', ...at])).processes).toHaveLength(7);
  });

  it('the faucet gives coins to those who ask properly', async () => {
    const ask = (body: string) => fetch(`${devnet.document.faucet}/fund`, { method: 'POST', body });
    for (const body of ['', 'address', '{}', '{"address": "dmcn1nobody"}', '{"address": 7}']) {
      const response = await ask(body);
      expect(response.status, body).toBe(400);
      expect(await response.json()).toEqual({ error: expect.any(String) });
    }
    const home = await newDirectory();
    const env = { DMCN_PASSWORD: 'secret' };
    const { address } = await document<{ address: string }>(['key', 'add', 'me', '--home', home], { env });
    expect((await ask(JSON.stringify({ address, amount: '-5' }))).status).toBe(400);
    expect((await ask(JSON.stringify({ address, amount: '1'.repeat(25) }))).status).toBe(429);
    expect((await ask(JSON.stringify({ address, amount: '1000' }))).status).toBe(200);
  });

  it('status names a part that is gone, while the others go on', async () => {
    const { processes } = await document<Status>(['devnet', 'status', ...at]);
    const blobs = processes.find(({ role }) => role === 'blobs');
    process.kill(blobs?.pid ?? 0, 'SIGKILL');
    await devnet.process.says(/blobs ended with SIGKILL/);
    const ended = await run(['devnet', 'status', ...at, '--json']);
    expect(ended.code).toBe(1);
    const { failures } = onlyDocument<Status>(ended);
    expect(failures.join('\n')).toMatch(/blobs \(process \d+\) is not running/);
    expect(failures.join('\n')).toMatch(/blobs does not answer at http/);
  });

  it('down stops everything and frees the ports; up then goes on where it was', async () => {
    const { processes, height } = onlyDocument<Status>(await run(['devnet', 'status', ...at, '--json']));
    const { stopped } = await document<{ stopped: number }>(['devnet', 'down', ...at]);
    expect(stopped).toBe(6);
    expect((await devnet.process.ended).code).toBe(0);
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    for (const url of [devnet.document.rpc[0], devnet.document.blobs[0], devnet.document.faucet]) {
      expect(await isFree(portOf(url)), url).toBe(true);
    }
    expect(await document(['devnet', 'down', ...at])).toEqual({ stopped: 0 });
    await fails(['devnet', 'status', ...at], /no devnet runs in/);

    await fails(
      ['devnet', 'up', ...at, '--port-offset', String(offset), '--validators', '2'],
      /was made with 1 validators? or other ports/,
    );
    const again = start(['devnet', 'up', ...at, '--port-offset', String(offset), '--workers', '1', '--json']);
    try {
      await again.says(/^\{.*\}\n/, 180);
      const now = await document<Status>(['devnet', 'status', ...at]);
      expect(now.height).toBeGreaterThan(height);
      const state = JSON.parse(await readFile(join(devnet.document.home, 'devnet.json'), 'utf8'));
      expect(state.supervisor).toBe(again.pid);
    } finally {
      again.kill('SIGTERM');
      expect((await again.ended).code).toBe(0);
    }
  });

  it('an interrupted up leaves nothing behind', async () => {
    const home = await newDirectory();
    const up = start(['devnet', 'up', '--home', home, '--port-offset', String(offset), '--json']);
    await up.says(/starting blobs/, 120);
    up.kill('SIGINT');
    const { code, stdout } = await up.ended;
    expect([code, stdout]).toEqual([1, '']);
    await until('the ports to be free', async () => isFree(26_657 + offset));
    await fails(['devnet', 'status', '--home', home], /no devnet runs in/);
  });
});

describe.concurrent('wrong usage exits with 2 and says what is wrong', () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['', /Usage: dmcn/],
    ['frob', /unknown command 'frob'/],
    ['job frob', /unknown command 'frob'/],
    ['job', /Usage: dmcn job/],
    ['devnet up --workers many', /give a whole number from 0 to 64/],
    ['devnet up --validators 0', /give a whole number from 1 to 16/],
    ['devnet up --port-offset -1', /give a whole number from 0/],
    ['devnet up --colour blue', /unknown option '--colour'/],
    ['job run --module x.wasm', /required option '--output/],
    ['job run --output x', /required option '--module/],
    ['job fetch 1', /required option '--output/],
    ['job status', /missing required argument 'id'/],
    ['job status minus-one', /"minus-one" is no job id/],
    ['job submit --module x --audit-rate 0.3', /give 0.2, 0.5 or 1/],
    ['job submit --module x --batch-size 65', /give a whole number from 1 to 64/],
    ['job submit --module x --max-total lots', /give an amount such as/],
    ['job list --node ftp://example', /give an http or https URL/],
    ['module check', /missing required argument 'file'/],
    ['module run x.wasm', /required option '--input/],
    ['module publish x.wasm --royalty 2001', /give a whole number from 0 to 2000/],
    ['worker withdraw some', /give an amount such as/],
    ['referee start --nice 20', /give a whole number from 0 to 19/],
    ['referee start --max-gas 0', /give a number above 0/],
    ['key add', /missing required argument 'name'/],
  ];
  it.each(wrong)('dmcn %s', async (line, reason) => {
    const ended = await misused(line.split(' ').filter(Boolean), reason);
    expect(ended.stdout).toBe('');
  });

  it('every verb has help with an example', async () => {
    const verbs = [
      ...['up', 'status', 'down'].map((verb) => `devnet ${verb}`),
      ...['add', 'list', 'show', 'export', 'import'].map((verb) => `key ${verb}`),
      ...['check', 'run', 'publish', 'list'].map((verb) => `module ${verb}`),
      ...['run', 'estimate', 'submit', 'status', 'wait', 'fetch', 'accept', 'demand', 'cancel', 'list'].map(
        (verb) => `job ${verb}`,
      ),
      ...['start', 'status', 'why', 'pause', 'resume', 'bond', 'withdraw'].map((verb) => `worker ${verb}`),
      ...['start', 'register'].map((verb) => `referee ${verb}`),
      ...['indexer', 'graphql', 'blobs'].map((noun) => `${noun} start`),
    ];
    const helps = verbs.map(async (verb) => {
      const { code, stdout, stderr } = await run([...verb.split(' '), '--help']);
      expect([code, stderr], verb).toEqual([0, '']);
      expect(stdout, verb).toMatch(new RegExp(`Example:\\n  \\$ dmcn ${verb}`));
      expect(stdout, verb).toMatch(/--home <dir>[\s\S]*--json/);
    });
    await Promise.all(helps);
  });
});
