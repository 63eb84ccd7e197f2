import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Where the built dashboard is, beside this package. */
export const dashboardDir = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};
const compressible = /\.(html|js|css|json|svg|txt|webmanifest|wasm)$/;

/** Scripts and styles are the page’s own; results may be images of any blob store. */
const csp = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' http: https: ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

const headersOf = (path: string): Record<string, string> => ({
  'content-type': types[extname(path)] ?? 'application/octet-stream',
  'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  'content-security-policy': csp,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  vary: 'accept-encoding',
});

interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer> | null;
}

/** The files of a built page, read and compressed once each. */
export class Site {
  readonly #dir: string;
  readonly #paths: ReadonlySet<string>;
  readonly #bodies = new Map<string, Buffer<ArrayBuffer>>();

  private constructor(dir: string) {
    this.#dir = dir;
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    this.#paths = new Set(
      files.map(({ parentPath, name }) => join(parentPath, name).slice(dir.length).replaceAll('\\', '/')),
    );
  }

  /** The page in a directory; undefined where none was built. */
  static in(dir: string): Site | undefined {
    return existsSync(join(dir, 'index.html')) ? new Site(dir) : undefined;
  }

  /** Answers a path; one that is no file gets the page itself, which knows its own views. Undefined for missing assets. */
  answer(path: string, headers: Headers): Page | undefined {
    const file = this.#paths.has(path) ? path : '/index.html';
    if (file !== path && extname(path) !== '') return undefined;
    const encoding = compressible.test(file) ? encodingOf(headers.get('accept-encoding') ?? '') : undefined;
    const body = this.#body(file, encoding);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const own = { ...headersOf(file), etag, ...(encoding && { 'content-encoding': encoding }) };
    if (headers.get('if-none-match') === etag) return { status: 304, headers: own, body: null };
    return { status: 200, headers: own, body };
  }

  #body(file: string, encoding: Encoding | undefined): Buffer<ArrayBuffer> {
    const name = `${encoding ?? ''}${file}`;
    const body = this.#bodies.get(name) ?? compressed(readFileSync(join(this.#dir, file)), encoding);
    this.#bodies.set(name, body);
    return body;
  }
}

type Encoding = 'br' | 'gzip';

/** The better one of what a client takes. */
export const encodingOf = (accepted: string): Encoding | undefined => {
  const names = accepted.split(',').map((part) => part.trim());
  const takes = (name: Encoding) =>
    names.some((one) => one === name || (one.startsWith(`${name};`) && !/q=0(\.0*)?$/.test(one)));
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : undefined;
};

/** The bytes in an encoding. */
export const compressed = (body: Buffer, encoding: Encoding | undefined): Buffer<ArrayBuffer> => {
  if (encoding === 'br') return Buffer.from(brotliCompressSync(body));
  return Buffer.from(encoding === 'gzip' ? gzipSync(body) : body);
};
