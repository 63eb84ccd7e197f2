import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Site } from './site.js';
import { seeded } from './testing/seeded.js';

const siteDir = mkdtempSync(join(tmpdir(), 'dmcn-site-'));
mkdirSync(join(siteDir, 'assets'));
writeFileSync(join(siteDir, 'index.html'), '<!doctype html><title>page</title>');
writeFileSync(join(siteDir, 'assets/app-1234.js'), 'console.log(1);'.repeat(100));
const api = seeded({ siteDir });
afterAll(async () => {
  await api.close();
  rmSync(siteDir, { recursive: true });
});

test('default: the page at / and at its views, never kept without asking', async () => {
  for (const path of ['/', '/jobs/1', '/index.html']) {
    const answer = await api.get(path);
    expect(await answer.text()).toContain('<title>page');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  }
});

test('default: assets are kept for good', async () => {
  const answer = await api.get('/assets/app-1234.js');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-type')).toMatch(/javascript/);
});

test('behavior: what did not change is not sent again', async () => {
  const etag = (await api.get('/')).headers.get('etag') ?? '';
  const again = await api.yoga.fetch('http://test/', { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});

test('behavior: compressed for who takes it', () => {
  const page = Site.in(siteDir)?.answer(
    '/assets/app-1234.js',
    new Headers({ 'accept-encoding': 'gzip, br' }),
  );
  expect(page?.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(page?.body ?? Buffer.of()).toString()).toContain('console.log(1);');
});

test.each(['/assets/missing.js', '/assets/../../etc/passwd.txt', '/%2e%2e/package.json'])(
  'error: %s is not there',
  async (path) => {
    const answer = await api.get(path);
    expect(answer.status).toBe(404);
  },
);

test('behavior: no page was built', () => {
  expect(Site.in(join(siteDir, 'nowhere'))).toBeUndefined();
});
