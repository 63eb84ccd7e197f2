import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

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

/** A tab of its own profile, and everything that it complained about. */
export class Tab {
  private constructor(
    readonly page: Page,
    /** Errors and warnings of the console, and errors that nobody caught. */
    readonly complaints: readonly string[],
  ) {}

  static async open(browser: Browser, { width, scheme = 'light' }: View): Promise<Tab> {
    const height = width < 600 ? 844 : 900;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    const page = await context.newPage();
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
    return new Tab(page, complaints);
  }

  /** What axe finds wrong, a line each. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(axe);
    const results = await this.page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }

  /** How far the page is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }

  shifts(): Promise<number> {
    return this.page.evaluate(() => window.shifts);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
