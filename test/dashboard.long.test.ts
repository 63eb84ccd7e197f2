import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bulbInputs, digitsInputs } from '@dmcn/modules';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { noChromium } from './support/browser.js';
import { desk, pagesOf, phone, runJob, Visitor } from './support/dashboard.js';
import { newDirectory } from './support/devnet.js';
import type { Manifest } from './support/documents.js';
import { ask } from './support/graphql.js';
import { digits, inputDirectory, program } from './support/programs.js';

if (noChromium) process.stderr.write(`SKIPPED: the dashboard in a browser: ${noChromium}\n`);
it('has a browser to be tried in, where nothing may be left out', () => {
  expect(process.env.CI === 'true' && noChromium).toBeFalsy();
});

describe.skipIf(noChromium !== undefined).sequential('the dashboard', () => {
  let visitor: Visitor;
  let validator: string;
  let outputs: { readonly digits: string; readonly tiles: string };
  let jobs: { readonly digits: Manifest; readonly tiles: Manifest };

  beforeAll(async () => {
    visitor = await Visitor.arrive();
    const directory = await newDirectory();
    outputs = { digits: join(directory, 'digits'), tiles: join(directory, 'tiles') };
    const tiles = bulbInputs({ width: 160, height: 90, tileWidth: 40, tileHeight: 45, degrees: 345 });
    const images = digitsInputs({ units: 6, imagesPerUnit: 8 });
    const [forDigits, forTiles] = await Promise.all([
      runJob(digits, await inputDirectory(images), outputs.digits, 2),
      runJob(program('bulb'), await inputDirectory(tiles), outputs.tiles, 3),
    ]);
    jobs = { digits: forDigits, tiles: forTiles };
    const { validators } = await ask<{ validators: { edges: { node: { operator: string } }[] } }>(
      inject('devnet').graphql[0],
      '{ validators(first: 1) { edges { node { operator } } } }',
      {},
      1,
    );
    validator = validators.edges[0]?.node.operator ?? '';
  }, 240_000);
  afterEach(() => visitor?.shut());
  afterAll(() => visitor?.leave());

  for (const view of [desk, { width: 768 }, phone])
    for (const scheme of ['light', 'dark'] as const)
      it(`has no page with a flaw at ${view.width} pixels, ${scheme}`, { timeout: 600_000 }, async () => {
        await visitor.inspect(pagesOf(jobs.digits, validator), { ...view, scheme });
      });

  describe('outputs that their requester fetched', () => {
    const choose = async (jobId: string, directory: string) => {
      const { page } = await visitor.open(`/jobs/${jobId}`);
      await visitor.shown(`Job ${jobId}`);
      await page.getByLabel('Choose directory').setInputFiles(directory);
      return page;
    };

    it('are one picture where they are its tiles', async () => {
      const page = await choose(jobs.tiles.jobId, outputs.tiles);
      await page.getByText('8 of 8 outputs, each as on the chain').waitFor();
      const tiles = page.locator('.tiles img');
      expect(await tiles.count()).toBe(8);
      expect(
        await tiles.evaluateAll((images) =>
          images.every((image) => (image as HTMLImageElement).naturalWidth === 40),
        ),
      ).toBe(true);
      expect(await page.getByLabel('Columns').inputValue()).toBe('4');
      await visitor.tab.picture('outputs-tiles');
      expect(await visitor.tab.violations()).toEqual([]);
      expect(visitor.tab.complaints).toEqual([]);
    });

    it('are told apart from the chain’s where somebody changed them', async () => {
      const changed = join(await newDirectory(), 'changed');
      await cp(outputs.digits, changed, { recursive: true });
      await writeFile(join(changed, `${jobs.digits.units[3]?.name}.out`), '1\t100\n');
      const page = await choose(jobs.digits.jobId, changed);
      await page.getByText('6 of 6 outputs; 1 differ from the chain').waitFor();
      await page.getByText('not what the chain has').waitFor();
    });

    it('are refused where they are another job’s, or nobody’s', async () => {
      const others = await choose(jobs.digits.jobId, outputs.tiles);
      await others.getByText(`These are the outputs of job ${jobs.tiles.jobId}`).waitFor();
      const inputs = await inputDirectory(digitsInputs({ units: 1, imagesPerUnit: 1 }));
      const page = await choose(jobs.digits.jobId, inputs);
      await page.getByText('There is no manifest.json').waitFor();
    });
  });

  describe('by keyboard', () => {
    it('skips to the content, walks the pages, and says where it is', async () => {
      const { page } = await visitor.open('/');
      await visitor.shown('Overview');
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Jobs');
      await page.keyboard.press('Enter');
      await visitor.shown('Jobs');
      await expect.poll(() => page.locator(':focus').textContent()).toBe('Jobs');
      expect(await page.locator('[aria-current=page]').textContent()).toBe('Jobs');
      expect(await page.title()).toBe('Jobs · dmcn');
    });

    it('changes its colours, and keeps them', async () => {
      const tab = await visitor.open('/');
      await tab.page.getByRole('button', { name: 'Change to dark colours' }).press('Enter');
      const theme = () =>
        tab.evaluated('reading colours', () => getComputedStyle(document.documentElement).colorScheme);
      expect(await theme()).toBe('dark');
      await tab.page.reload();
      expect(await theme()).toBe('dark');
    });
  });
});
