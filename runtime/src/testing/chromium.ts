import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.DMCN_CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why nothing can be tried in a browser here, or undefined. */
export const noChromium = existsSync(CHROMIUM)
  ? undefined
  : `${CHROMIUM} is not installed; Debian: apt-get install chromium, or set DMCN_CHROMIUM`;

/** What a Web Worker's script is served with: it may load nothing, and compile WebAssembly. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/** A page of its own browser, served from this machine, with a program in it. */
export class ChromiumPage {
  private constructor(
    readonly page: Page,
    /** Where the page's files are. */
    readonly origin: string,
    private readonly context: BrowserContext,
    private readonly server: Server,
    /** Its profile and files, which the command lines of its processes name. */
    readonly directory: string,
    /** Paths that were asked for, in their order. */
    readonly requested: readonly string[],
  ) {}

  /** Opens a page that runs the built module `program`, bundled as a web application would. */
  static async open(program: URL): Promise<ChromiumPage> {
    const directory = await mkdtemp(path.join(tmpdir(), 'dmcn-chromium-'));
    const files = path.join(directory, 'files');
    const worker = fileURLToPath(new URL('../../dist/browser/worker.js', import.meta.url));
    await build({
      entryPoints: { page: fileURLToPath(program), worker },
      bundle: true,
      format: 'esm',
      outdir: files,
    });
    const requested: string[] = [];
    const server = createServer((request, response) => {
      requested.push(request.url ?? '');
      const name = path.basename(new URL(request.url ?? '', 'http://page').pathname);
      if (name === 'worker.js') response.setHeader('content-security-policy', WORKER_POLICY);
      if (!name.endsWith('.js')) {
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><title>dmcn</title><script type="module" src="/page.js"></script>');
        return;
      }
      readFile(path.join(files, name)).then(
        (bytes) => response.setHeader('content-type', 'text/javascript').end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const context = await chromium.launchPersistentContext(path.join(directory, 'profile'), {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(origin);
    return new ChromiumPage(page, origin, context, server, directory, requested);
  }

  /** Its browser's version. */
  get version(): string {
    return this.context.browser()?.version() ?? 'unknown';
  }

  async close(): Promise<void> {
    await this.context.close();
    this.server.closeAllConnections();
    this.server.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
