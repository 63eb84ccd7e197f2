import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { until } from './until.js';

const CHROMIUM = process.env.DMCN_CHROMIUM ?? '/usr/bin/chromium';
const { source: axe } = createRequire(import.meta.url)('axe-core') as { source: string };

/** Where a run keeps its pictures. */
export const screenshots = join(import.meta.dirname, '..', '..', 'build', 'screenshots');

/** Why nothing can be tried in a browser here, or undefined. */
export const noChromium = existsSync(CHROMIUM)
  ? undefined
  : `${CHROMIUM} is not installed; Debian: apt-get install chromium, or set DMCN_CHROMIUM`;

export async function startBrowser(): Promise<Browser> {
  await mkdir(screenshots, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface View {
  readonly width: number;
  readonly scheme?: 'dark' | 'light';
}

declare global {
  interface Window {
    /** Layout shifts that no input caused, summed up as Web Vitals does. */
    shifts: number;
  }
}

/** How long anything in a page may take. A page that stands still fails its test by name. */
const PATIENCE_MS = 30_000;

const manifest = new URL('../../dashboard/dist/operations.json', import.meta.url);

/** A tab of its own profile, and everything that it complained about. */
export class Tab {
  private constructor(
    readonly page: Page,
    /** Errors and warnings of the console, and errors that nobody caught. */
    readonly complaints: readonly string[],
    /** Questions to the API that wait for their answers. */
    private readonly waiting: ReadonlySet<unknown>,
    /** Beginnings of the questions that the page asked, in order. */
    readonly questions: readonly string[],
    /** Those of them that it had to spell out, since the API did not know their hash. */
    readonly spelled: readonly string[],
  ) {}

  static async open(browser: Browser, { width, scheme = 'light' }: View): Promise<Tab> {
    const height = width < 600 ? 844 : 900;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const waiting = new Set<unknown>();
    const questions: string[] = [];
    const spelled: string[] = [];
    const operations: Readonly<Record<string, string>> = JSON.parse(await readFile(manifest, 'utf8'));
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname !== '/graphql') return;
      const asked =
        request.method() === 'POST'
          ? request.postDataJSON()
          : {
              query: searchParams.get('query'),
              extensions: JSON.parse(searchParams.get('extensions') ?? '{}'),
            };
      const text = asked.query ?? operations[asked.extensions?.persistedQuery?.sha256Hash] ?? '';
      questions.push(text.trim().slice(0, 40));
      if (asked.query) spelled.push(text);
      if (request.method() === 'POST') waiting.add(request);
    });
    page.on('requestfinished', (request) => waiting.delete(request));
    page.on('requestfailed', (request) => waiting.delete(request));
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        })[])
          if (!entry.hadRecentInput) window.shifts += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    return new Tab(page, complaints, waiting, questions, spelled);
  }

  /** Waits until every question has its answer, the fonts are there, and what came is drawn. */
  async quiet(): Promise<void> {
    await until('the page to have its answers', () => this.waiting.size === 0, PATIENCE_MS / 1_000, 25);
    await this.evaluated('drawing what came', () =>
      document.fonts.ready.then(() => new Promise<void>((drawn) => requestAnimationFrame(() => drawn()))),
    );
  }

  /** What axe finds wrong, a line each. */
  async violations(): Promise<string[]> {
    await this.evaluated('loading axe', axe);
    const results = await this.evaluated('axe', () =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
    );
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }

  /** How far the page is wider than the window. */
  overflow(): Promise<number> {
    return this.evaluated(
      'measuring the page',
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }

  shifts(): Promise<number> {
    return this.evaluated('summing up shifts', () => window.shifts);
  }

  /** Keeps a picture of the whole page. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  }

  async close(): Promise<void> {
    await within('closing the page', this.page.context().close());
  }

  /** What a function gives in the page; Playwright itself would wait for it for ever. */
  evaluated<T>(what: string, run: string | (() => T | Promise<T>)): Promise<T> {
    return within(`${what} at ${this.page.url()}`, this.page.evaluate(run as () => T | Promise<T>));
  }
}

async function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
