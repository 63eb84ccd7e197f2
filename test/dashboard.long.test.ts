import { cp, readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { bulbInputs, digitsInputs } from '@dmcn/modules';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { noChromium, screenshots, startBrowser, Tab, type View } from './support/browser.js';
import { newDirectory } from './support/devnet.js';
import { document } from './support/dmcn.js';
import type { Manifest } from './support/documents.js';
import { ask } from './support/graphql.js';
import { digits, inputDirectory, program } from './support/programs.js';
import { until } from './support/until.js';

const FIRST_VIEW_BYTES = 200_000;
/** Of the window's area; what cannot be seen: a good page has less than 0.1 (web.dev/cls). */
const LARGEST_SHIFT = 0.01;
const desk: View = { width: 1_440 };
const phone: View = { width: 390 };

if (noChromium) process.stderr.write(`SKIPPED: the dashboard in a browser: ${noChromium}\n`);
it('has a browser to be tried in, where nothing may be left out', () => {
  expect(process.env.CI === 'true' && noChromium).toBeFalsy();
});

/** Bytes that a browser is sent for a file. */
const sent = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
      response.on('error', reject);
    }).on('error', reject);
  });

describe.skipIf(noChromium !== undefined).sequential('the dashboard', () => {
  let browser: Browser;
  let tab: Tab;
  let base: string;
  let outputs: { readonly digits: string; readonly tiles: string };
  let jobs: { readonly digits: Manifest; readonly tiles: Manifest };

  const run = (file: string, inputDir: string, output: string, batchSize: number) =>
    document<Manifest>([
      'job',
      'run',
      '--home',
      inject('devnet').home,
      '--module',
      file,
      '--input-dir',
      inputDir,
      '--batch-size',
      String(batchSize),
      '--output',
      output,
    ]);

  beforeAll(async () => {
    base = new URL('/', inject('devnet').graphql[0]).href;
    browser = await startBrowser();
    const directory = await newDirectory();
    outputs = { digits: join(directory, 'digits'), tiles: join(directory, 'tiles') };
    const tiles = bulbInputs({ width: 160, height: 90, tileWidth: 40, tileHeight: 45, degrees: 345 });
    const images = digitsInputs({ units: 6, imagesPerUnit: 8 });
    const [forDigits, forTiles] = await Promise.all([
      run(digits, await inputDirectory(images), outputs.digits, 2),
      run(program('bulb'), await inputDirectory(tiles), outputs.tiles, 3),
    ]);
    jobs = { digits: forDigits, tiles: forTiles };
  }, 240_000);
  afterEach(() => tab?.close());
  afterAll(() => browser?.close());

  const open = async (path: string, view: View = desk): Promise<Tab> => {
    tab = await Tab.open(browser, view);
    await tab.page.goto(new URL(path, base).href);
    return tab;
  };
  const heading = (name: string | RegExp) => tab.page.getByRole('heading', { level: 1, name });
  /** Waits for a page that has its answer. */
  const shown = async (name: string | RegExp) => {
    await heading(name).waitFor({ state: 'attached' });
    await tab.page.locator('.waiting').waitFor({ state: 'detached' });
  };

  const worker = () => jobs.digits.units[0]?.worker ?? '';
  const pages = (): readonly (readonly [name: string, path: string, heading: string | RegExp])[] => [
    ['overview', '/', 'Overview'],
    ['jobs', '/jobs', 'Jobs'],
    ['job', `/jobs/${jobs.digits.jobId}?batch=0`, `Job ${jobs.digits.jobId}`],
    ['workers', '/workers', 'Workers'],
    ['worker', `/workers/${worker()}`, 'Worker'],
    ['market', '/market', 'Market'],
    ['disputes', '/disputes', 'Disputes'],
    ['modules', '/modules', 'Modules'],
    ['module', `/modules/${jobs.digits.moduleId}`, 'digits.wasm'],
    ['account', `/accounts/${worker()}`, 'Account'],
    ['block', '/blocks/2', 'Block 2'],
    ['no-block', '/blocks/99999999', 'No such block'],
    ['no-page', '/nowhere', 'No such page'],
    ['search', `/search?q=${jobs.digits.jobId}`, 'Search'],
  ];

  for (const view of [desk, { width: 768 }, phone])
    for (const scheme of ['light', 'dark'] as const)
      it(`has no page with a flaw at ${view.width} pixels, ${scheme}`, async () => {
        for (const [name, path, title] of pages()) {
          await open(path, { ...view, scheme });
          await shown(title);
          await tab.page.waitForLoadState('networkidle').catch(() => undefined);
          await tab.page.screenshot({
            path: join(screenshots, `${name}-${view.width}-${scheme}.png`),
            fullPage: true,
          });
          const label = `${path} at ${view.width}, ${scheme}`;
          expect(await tab.violations(), label).toEqual([]);
          expect(await tab.overflow(), `${label}: wider than the window`).toBe(0);
          expect(await tab.shifts(), `${label}: layout shift`).toBeLessThan(LARGEST_SHIFT);
          expect(tab.complaints, label).toEqual([]);
          await tab.close();
        }
      });

  it('weighs less than 200 KB at first sight, and what it loads is kept for good', async () => {
    await open('/');
    await shown('Overview');
    const loaded = await tab.page.evaluate(() => [
      location.href,
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ]);
    const files = [...new Set(loaded)].filter((url) => !new URL(url).pathname.startsWith('/graphql'));
    expect(files.length).toBeGreaterThan(3);
    const bytes = await Promise.all(files.map(sent));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_VIEW_BYTES);
    for (const url of files.filter((file) => file.includes('/assets/')))
      expect((await fetch(url)).headers.get('cache-control'), url).toContain('immutable');
  });

  it('follows the chain without being loaded again, and nothing moves', async () => {
    await open('/');
    const height = async () =>
      Number(((await tab.page.locator('.blocks .big').textContent()) ?? '').replace(/\D/g, ''));
    await tab.page.locator('.blocks .big').waitFor();
    const before = await height();
    await expect.poll(height, { timeout: 20_000 }).toBeGreaterThan(before + 2);
    const { network } = await ask<{ network: { height: number } }>(
      inject('devnet').graphql[0],
      '{ network { height } }',
      {},
      1,
    );
    expect(Math.abs((await height()) - network.height)).toBeLessThanOrEqual(3);
    expect(await tab.shifts()).toBeLessThan(LARGEST_SHIFT);
    expect(tab.complaints).toEqual([]);
  });

  it('shows a job’s units, cost and refund as the manifest has them', async () => {
    const { jobId, paid, royalty, fee, audits, refunded, units } = jobs.digits;
    await open(`/jobs/${jobId}`);
    await shown(`Job ${jobId}`);
    await tab.page.getByRole('img', { name: `${units.length} units: ${units.length} paid` }).waitFor();
    const dmc = (udmc: bigint) => (Number(udmc) / 1e6).toFixed(6).replace(/\.?0+$/, '');
    const row = (name: string) =>
      tab.page.locator('.money tr').filter({ hasText: name }).locator('td').textContent();
    expect(await row('to workers')).toContain(dmc(BigInt(paid)));
    expect(await row('to the author')).toContain(dmc(BigInt(royalty)));
    expect(await row('to the community')).toContain(dmc(BigInt(fee)));
    expect(await row('to auditors')).toContain(dmc(BigInt(audits)));
    expect(await row('refunded')).toContain(dmc(BigInt(refunded)));
    const outcomes = tab.page.getByRole('table', { name: 'Outcomes of the job' }).locator('tbody tr');
    await expect.poll(() => outcomes.count()).toBe(units.length);
    const [first] = units;
    expect(await outcomes.first().textContent()).toContain(first?.outputSha256.slice(0, 12));
  });

  it('shows a job while it is worked on', async () => {
    const output = join(await newDirectory(), 'later');
    const running = run(
      digits,
      await inputDirectory(digitsInputs({ units: 8, imagesPerUnit: 8 })),
      output,
      1,
    );
    const jobId = await until('the job to be known', async () => {
      const { jobs: list } = await ask<{
        jobs: { edges: { node: { id: string; unitCount: number; state: string } }[] };
      }>(inject('devnet').graphql[0], '{ jobs(first: 1) { edges { node { id unitCount state } } } }', {}, 1);
      const node = list.edges[0]?.node;
      return node?.unitCount === 8 && node.state === 'Open' && node.id;
    });
    await open(`/jobs/${jobId}`);
    await shown(`Job ${jobId}`);
    const done = async () =>
      (await tab.page.locator('.figure', { hasText: 'Done' }).locator('.value').textContent()) ?? '';
    const percents = new Set<string>();
    await expect
      .poll(
        async () => {
          percents.add(await done());
          return done();
        },
        { timeout: 180_000, interval: 200 },
      )
      .toContain('100');
    expect(percents.size, 'it was seen before its end').toBeGreaterThan(1);
    expect((await running).jobId).toBe(jobId);
    expect(await tab.shifts()).toBeLessThan(LARGEST_SHIFT);
  });

  describe('outputs that their requester fetched', () => {
    const choose = async (jobId: string, directory: string) => {
      await open(`/jobs/${jobId}`);
      await shown(`Job ${jobId}`);
      await tab.page.getByLabel('Choose directory').setInputFiles(directory);
    };

    it('are digits where they are digits, each compared with the chain', async () => {
      await choose(jobs.digits.jobId, outputs.digits);
      await tab.page.getByText('6 of 6 outputs, each as on the chain').waitFor();
      const text = await readFile(join(outputs.digits, `${jobs.digits.units[0]?.name}.out`), 'utf8');
      const expected = text
        .trim()
        .split('\n')
        .map((line) => line.split('\t')[0]);
      expect(await tab.page.locator('p.digits').first().locator('span').allTextContents()).toEqual(expected);
      await tab.page.screenshot({ path: join(screenshots, 'outputs-digits.png'), fullPage: true });
      expect(await tab.violations()).toEqual([]);
      expect(tab.complaints).toEqual([]);
    });

    it('are one picture where they are its tiles', async () => {
      await choose(jobs.tiles.jobId, outputs.tiles);
      await tab.page.getByText('8 of 8 outputs, each as on the chain').waitFor();
      const tiles = tab.page.locator('.tiles img');
      expect(await tiles.count()).toBe(8);
      expect(
        await tiles.evaluateAll((images) =>
          images.every((image) => (image as HTMLImageElement).naturalWidth === 40),
        ),
      ).toBe(true);
      expect(await tab.page.getByLabel('Columns').inputValue()).toBe('4');
      await tab.page.screenshot({ path: join(screenshots, 'outputs-tiles.png'), fullPage: true });
      expect(await tab.violations()).toEqual([]);
      expect(tab.complaints).toEqual([]);
    });

    it('are told apart from the chain’s where somebody changed them', async () => {
      const changed = join(await newDirectory(), 'changed');
      await cp(outputs.digits, changed, { recursive: true });
      await writeFile(join(changed, `${jobs.digits.units[3]?.name}.out`), '1\t100\n');
      await choose(jobs.digits.jobId, changed);
      await tab.page.getByText('6 of 6 outputs; 1 differ from the chain').waitFor();
      await tab.page.getByText('not what the chain has').waitFor();
    });

    it('are refused where they are another job’s, or nobody’s', async () => {
      await choose(jobs.digits.jobId, outputs.tiles);
      await tab.page.getByText(`These are the outputs of job ${jobs.tiles.jobId}`).waitFor();
      await tab.close();
      await choose(jobs.digits.jobId, await inputDirectory(digitsInputs({ units: 1, imagesPerUnit: 1 })));
      await tab.page.getByText('There is no manifest.json').waitFor();
    });
  });

  describe('by keyboard', () => {
    it('skips to the content, walks the pages, and says where it is', async () => {
      await open('/');
      await shown('Overview');
      await tab.page.keyboard.press('Tab');
      expect(await tab.page.locator(':focus').textContent()).toBe('Skip to the content');
      await tab.page.keyboard.press('Tab');
      await tab.page.keyboard.press('Tab');
      await tab.page.keyboard.press('Tab');
      expect(await tab.page.locator(':focus').textContent()).toBe('Jobs');
      await tab.page.keyboard.press('Enter');
      await shown('Jobs');
      await expect.poll(() => tab.page.locator(':focus').textContent()).toBe('Jobs');
      expect(await tab.page.locator('[aria-current=page]').textContent()).toBe('Jobs');
      expect(await tab.page.title()).toBe('Jobs · dmcn');
    });

    it('searches from anywhere by /', async () => {
      const { jobId, moduleId } = jobs.digits;
      const searches: readonly (readonly [text: string, path: string])[] = [
        [`${jobId}/1`, `/jobs/${jobId}?batch=1`],
        [moduleId, `/modules/${moduleId}`],
        ['block 3', '/blocks/3'],
      ];
      await open('/market');
      await shown('Market');
      for (const [text, path] of searches) {
        await tab.page.keyboard.press('/');
        await tab.page.keyboard.type(text);
        await tab.page.keyboard.press('Enter');
        await tab.page.waitForURL(new URL(path, base).href);
        await shown(/./);
      }
      await tab.page.keyboard.press('/');
      await tab.page.keyboard.type('what nobody has');
      await tab.page.keyboard.press('Enter');
      await shown('Nothing found');
      expect(tab.complaints).toEqual([]);
    });

    it('changes its colours, and keeps them', async () => {
      await open('/');
      await tab.page.getByRole('button', { name: 'Change to dark colours' }).press('Enter');
      const theme = () =>
        tab.page.evaluate(() => getComputedStyle(globalThis.document.documentElement).colorScheme);
      expect(await theme()).toBe('dark');
      await tab.page.reload();
      expect(await theme()).toBe('dark');
    });
  });

  it('says when the API is gone, keeps what it showed, and goes on by itself', async () => {
    await open('/');
    await tab.page.locator('.blocks .big').waitFor();
    await tab.page.route('**/graphql', (route) => route.abort());
    await tab.page.locator('.height.lost').waitFor();
    expect(await tab.page.locator('.blocks .big').isVisible()).toBe(true);
    await tab.page.unroute('**/graphql');
    await tab.page.locator('.height:not(.lost)').waitFor();
    await tab.close();

    tab = await Tab.open(browser, desk);
    await tab.page.route('**/graphql', (route) => route.abort());
    await tab.page.goto(new URL('/jobs', base).href);
    await tab.page.getByRole('alert').getByText('The API does not answer').waitFor();
    await tab.page.unroute('**/graphql');
    await tab.page.getByRole('table').waitFor();
  });
});
