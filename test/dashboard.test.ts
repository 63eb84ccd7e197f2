import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { noChromium } from './support/browser.js';
import { LARGEST_SHIFT, pagesOf, phone, runJob, sentBytes, textOf, Visitor } from './support/dashboard.js';
import { newDirectory } from './support/devnet.js';
import type { Manifest } from './support/documents.js';
import { Gate } from './support/gate.js';
import { ask } from './support/graphql.js';
import { digits, inputDirectory } from './support/programs.js';
import { until } from './support/until.js';

const FIRST_VIEW_BYTES = 200_000;
const UNITS = 9;

if (noChromium) process.stderr.write(`SKIPPED: the dashboard in a browser: ${noChromium}\n`);
it('has a browser to be tried in, where nothing may be left out', () => {
  expect(process.env.CI === 'true' && noChromium).toBeFalsy();
});

describe.skipIf(noChromium !== undefined).sequential('the dashboard', () => {
  let visitor: Visitor;
  let output: string;
  let job: Manifest;
  let validator: string;
  const query = <T>(text: string) => ask<T>(inject('devnet').graphql[0], text, {}, 1);

  beforeAll(async () => {
    visitor = await Visitor.arrive();
    output = join(await newDirectory(), 'digits');
    const { validators } = await query<{ validators: { edges: { node: { operator: string } }[] } }>(
      '{ validators(first: 1) { edges { node { operator } } } }',
    );
    validator = validators.edges[0]?.node.operator ?? '';
  });
  afterEach(() => visitor?.shut());
  afterAll(() => visitor?.leave());

  it('shows a job while it is worked on, and nothing moves', async () => {
    const inputs = await inputDirectory(digitsInputs({ units: UNITS, imagesPerUnit: 8 }));
    const running = runJob(digits, inputs, output, 1);
    running.catch(() => undefined); // awaited below, whatever the page shows before
    const id = await until('the job to be known', async () => {
      const { jobs } = await query<{
        jobs: { edges: { node: { id: string; unitCount: number; state: string } }[] };
      }>('{ jobs(first: 1) { edges { node { id unitCount state } } } }');
      const node = jobs.edges[0]?.node;
      return node?.unitCount === UNITS && node.state === 'Open' && node.id;
    });
    const { page } = await visitor.open(`/jobs/${id}`);
    await visitor.shown(`Job ${id}`);
    const figure = page.locator('.figure', { hasText: 'Done' }).locator('.value');
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          const done = await textOf(figure);
          seen.add(done);
          return done;
        },
        { timeout: 180_000, interval: 100 },
      )
      .toContain('100');
    expect(seen.size, 'it was seen before its end').toBeGreaterThan(1);
    job = await running;
    expect(job.jobId).toBe(id);
    expect(await visitor.tab.shifts()).toBeLessThan(LARGEST_SHIFT);
    expect(visitor.tab.complaints).toEqual([]);
  });

  it('shows a job’s units, cost and refund as the manifest has them', async () => {
    const { jobId, paid, royalty, fee, audits, refunded, units } = job;
    const { page } = await visitor.open(`/jobs/${jobId}`);
    await visitor.shown(`Job ${jobId}`);
    await page.getByRole('img', { name: `${units.length} units: ${units.length} paid` }).waitFor();
    const dmc = (udmc: string) => (Number(udmc) / 1e6).toFixed(6);
    const row = (name: string) => textOf(page.locator('.money tr').filter({ hasText: name }).locator('td'));
    expect(await row('to workers')).toContain(dmc(paid));
    expect(await row('to the author')).toContain(dmc(royalty));
    expect(await row('to the community')).toContain(dmc(fee));
    expect(await row('to auditors')).toContain(dmc(audits));
    expect(await row('refunded')).toContain(dmc(refunded));
    const outcomes = page.getByRole('table', { name: 'Outcomes of the job' }).locator('tbody tr');
    await expect.poll(() => outcomes.count(), { timeout: 30_000 }).toBe(units.length);
    expect(await outcomes.first().textContent()).toContain(units[0]?.outputSha256.slice(0, 12));
  });

  it('shows outputs that their requester fetched: digits, each compared with the chain', async () => {
    const { page } = await visitor.open(`/jobs/${job.jobId}`);
    await visitor.shown(`Job ${job.jobId}`);
    await page.getByLabel('Choose directory').setInputFiles(output);
    await page.getByText(`${UNITS} of ${UNITS} outputs, each as on the chain`).waitFor();
    const text = await readFile(join(output, `${job.units[0]?.name}.out`), 'utf8');
    const expected = text
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(await page.locator('p.digits').first().locator('span').allTextContents()).toEqual(expected);
    await visitor.tab.picture('outputs-digits');
    expect(await visitor.tab.violations()).toEqual([]);
  });

  it('has no page with a flaw on a phone, dark', async () => {
    await visitor.inspect(pagesOf(job, validator), { ...phone, scheme: 'dark' });
  });

  it('weighs less than 200 KB at first sight, and what it loads is kept for good', async () => {
    const tab = await visitor.open('/');
    await visitor.shown('Overview');
    const loaded = await tab.evaluated('listing what was loaded', () => [
      location.href,
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ]);
    const files = [...new Set(loaded)].filter((url) => !new URL(url).pathname.startsWith('/graphql'));
    expect(files.length).toBeGreaterThan(3);
    const bytes = await Promise.all(files.map(sentBytes));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_VIEW_BYTES);
    for (const url of files.filter((file) => file.includes('/assets/')))
      expect((await fetch(url)).headers.get('cache-control'), url).toContain('immutable');
  });

  it('is sent every block without asking, and nothing moves', async () => {
    const tab = await visitor.open('/');
    await visitor.shown('Overview');
    const reach = async (height: number) =>
      expect.poll(() => visitor.height(), { timeout: 60_000 }).toBeGreaterThanOrEqual(height);
    await reach((await visitor.height()) + 2);
    const heads = () => tab.questions.filter((text) => text.startsWith('query Head')).length;
    const [asked, from] = [heads(), await visitor.height()];
    await reach(from + 5);
    expect(heads() - asked, 'questions about the height in five blocks').toBeLessThanOrEqual(1);
    expect(tab.spelled, 'questions that are not asked by their hash').toEqual([]);
    const { network } = await query<{ network: { height: number } }>('{ network { height } }');
    expect(Math.abs((await visitor.height()) - network.height)).toBeLessThanOrEqual(3);
    expect(await tab.shifts()).toBeLessThan(LARGEST_SHIFT);
    expect(tab.complaints).toEqual([]);
  });

  it('asks by itself where nothing can be sent', async () => {
    const { page } = await visitor.blank();
    await page.route('**/graphql?*', (route) => route.abort());
    await page.goto(visitor.base);
    await visitor.shown('Overview');
    const from = await visitor.height();
    await expect.poll(() => visitor.height(), { timeout: 60_000 }).toBeGreaterThan(from + 2);
  });

  it('says when the API is gone, keeps what it showed, goes on by itself, and is sent blocks again', async () => {
    const gate = await Gate.before(new URL(visitor.base).origin);
    try {
      const { page, questions } = await visitor.open('/', undefined, gate.url);
      await visitor.shown('Overview');
      gate.shut();
      await page.locator('.height.lost').waitFor();
      expect(await page.locator('.blocks .big').isVisible()).toBe(true);
      const [from, before] = [await visitor.height(), questions.length];
      gate.open();
      await page.locator('.height:not(.lost)').waitFor();
      await expect.poll(() => visitor.height(), { timeout: 60_000 }).toBeGreaterThan(from);
      await expect
        .poll(() => questions.slice(before).some((text) => text.startsWith('subscription')), {
          timeout: 90_000,
        })
        .toBe(true);
    } finally {
      gate.close();
    }
  });

  it('says so where the API was never there, and shows the page once it is', async () => {
    const { page } = await visitor.blank();
    await page.route('**/graphql', (route) => route.abort());
    await page.goto(new URL('/jobs', visitor.base).href);
    await page.getByRole('alert').getByText('The API does not answer').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('table').waitFor();
  });

  it('searches from anywhere by /, and goes straight to what is typed', async () => {
    const { jobId, moduleId, units } = job;
    const worker = units[0]?.worker ?? '';
    const { page } = await visitor.open('/market');
    await visitor.shown('Market');
    for (const [text, path, heading] of [
      [jobId, `/jobs/${jobId}`, `Job ${jobId}`],
      [worker, `/workers/${worker}`, 'Worker'],
      [`${jobId}/1`, `/jobs/${jobId}?batch=1`, `Job ${jobId}`],
      [moduleId, `/modules/${moduleId}`, 'digits.wasm'],
      ['block 3', '/blocks/3', 'Block 3'],
      [validator, `/accounts/${validator}`, 'Account'],
    ] as const) {
      await page.keyboard.press('/');
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await page.waitForURL(new URL(path, visitor.base).href);
      await visitor.shown(heading);
    }
    await page.keyboard.press('/');
    await page.keyboard.type('what nobody has');
    await page.keyboard.press('Enter');
    await visitor.shown('Nothing found');
    expect(visitor.tab.complaints).toEqual([]);
  });

  it('suggests what a number may mean too, for arrow keys', async () => {
    const { jobId } = job;
    const { page } = await visitor.open('/');
    await visitor.shown('Overview');
    await page.keyboard.press('/');
    await page.keyboard.type(jobId);
    const options = page.getByRole('option');
    await expect.poll(() => options.allTextContents(), { timeout: 30_000 }).toContain(`block ${jobId}`);
    const said = await options.allTextContents();
    expect(said[0]).toBe(`job ${jobId}`);
    expect(await visitor.tab.violations()).toEqual([]);
    for (const _ of said.slice(0, said.indexOf(`block ${jobId}`) + 1)) await page.keyboard.press('ArrowDown');
    expect(await page.locator('[aria-selected=true]').textContent()).toBe(`block ${jobId}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(new URL(`/blocks/${jobId}`, visitor.base).href);
    expect(await visitor.tab.shifts()).toBeLessThan(LARGEST_SHIFT);
  });
});
