import { get } from 'node:http';
import type { Browser, Locator } from 'playwright-core';
import { expect, inject } from 'vitest';
import { startBrowser, Tab, type View } from './browser.js';
import { document } from './dmcn.js';
import type { Manifest } from './documents.js';

/** Of the window's area: what cannot be seen. A good page has less than 0.1 (web.dev/cls). */
export const LARGEST_SHIFT = 0.001;
export const desk: View = { width: 1_440 };
export const phone: View = { width: 390 };

/** Runs a job of the shared devnet and fetches what it gives. */
export const runJob = (file: string, inputDir: string, output: string, batchSize: number) =>
  document<Manifest>([
    ...['job', 'run', '--home', inject('devnet').home, '--module', file, '--input-dir', inputDir],
    ...['--batch-size', String(batchSize), '--output', output],
  ]);

/** A page of the dashboard: its name, its path, and the heading that it has once it is there. */
export type PageOf = readonly [name: string, path: string, heading: string | RegExp];

/** Every page, about a job and the worker of its first unit. */
export function pagesOf({ jobId, moduleId, units }: Manifest, validator: string): readonly PageOf[] {
  const worker = units[0]?.worker ?? '';
  return [
    ['overview', '/', 'Overview'],
    ['jobs', '/jobs', 'Jobs'],
    ['job', `/jobs/${jobId}?batch=0`, `Job ${jobId}`],
    ['workers', '/workers', 'Workers'],
    ['worker', `/workers/${worker}`, 'Worker'],
    ['market', '/market', 'Market'],
    ['disputes', '/disputes', 'Disputes'],
    ['modules', '/modules', 'Modules'],
    ['validators', '/validators', 'Validators'],
    ['module', `/modules/${moduleId}`, 'digits.wasm'],
    ['account', `/accounts/${worker}`, 'Account'],
    ['validator', `/accounts/${validator}`, 'Account'],
    ['block', '/blocks/2', 'Block 2'],
    ['no-block', '/blocks/99999999', 'No such block'],
    ['no-job', '/jobs/99999999', 'No such job'],
    ['no-page', '/nowhere', 'No such page'],
    ['search', '/search?q=nobody', 'Nothing found'],
  ];
}

/** One browser whose pages are opened one at a time. */
export class Visitor {
  private current: Tab | undefined;

  private constructor(
    private readonly browser: Browser,
    readonly base: string,
  ) {}

  /** Visits the shared devnet's dashboard, or the same at another address. */
  static async arrive(): Promise<Visitor> {
    return new Visitor(await startBrowser(), new URL('/', inject('devnet').graphql[0]).href);
  }

  get tab(): Tab {
    if (!this.current) throw new Error('no page is open; open one first');
    return this.current;
  }

  /** A tab that is empty as yet. */
  async blank(view: View = desk): Promise<Tab> {
    await this.shut();
    this.current = await Tab.open(this.browser, view);
    return this.current;
  }

  async open(path: string, view: View = desk, base = this.base): Promise<Tab> {
    const tab = await this.blank(view);
    await tab.page.goto(new URL(path, base).href);
    return tab;
  }

  /** Waits for a page that has its answers. */
  async shown(heading: string | RegExp): Promise<void> {
    const { page } = this.tab;
    await page.getByRole('heading', { level: 1, name: heading }).waitFor({ state: 'attached' });
    await page.locator('.waiting').waitFor({ state: 'detached' });
    await this.tab.quiet();
  }

  /** The height that the overview shows. */
  async height(): Promise<number> {
    return Number((await textOf(this.tab.page.locator('.blocks .big'))).replace(/\D/g, ''));
  }

  /** Looks closely at pages, one after the other in one tab: keeps their pictures, and finds nothing wrong with them. */
  async inspect(pages: readonly PageOf[], view: View & { readonly scheme: 'dark' | 'light' }): Promise<void> {
    const tab = await this.blank(view);
    for (const [name, path, heading] of pages) {
      await tab.page.goto(new URL(path, this.base).href);
      await this.shown(heading);
      await tab.picture(`${name}-${view.width}-${view.scheme}`);
      const label = `${path} at ${view.width}, ${view.scheme}`;
      expect(await tab.violations(), label).toEqual([]);
      expect(await tab.overflow(), `${label}: wider than the window`).toBe(0);
      expect(await tab.shifts(), `${label}: layout shift`).toBeLessThan(LARGEST_SHIFT);
      expect(tab.complaints, label).toEqual([]);
    }
  }

  async shut(): Promise<void> {
    await this.current?.close();
    this.current = undefined;
  }

  async leave(): Promise<void> {
    await this.browser.close();
  }
}

export const textOf = async (at: Locator): Promise<string> => (await at.textContent()) ?? '';

/** Bytes that a browser is sent for a file. */
export const sentBytes = (url: string): Promise<number> =>
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
