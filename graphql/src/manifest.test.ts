import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { byHash, ManifestError, operationsOf, readManifest } from './manifest.js';
import { seeded } from './testing/seeded.js';

const folder = mkdtempSync(join(tmpdir(), 'dmcn-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const query = '{ network { chainId } }';
const [[hash = ''] = []] = byHash([query]);
const written = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

test.each([
  ['hashes and texts', { [hash]: query }],
  ['another name for a text', { 'sha256:1': query }],
  [
    'Apollo’s',
    { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'x', body: query }] },
  ],
])('a manifest of %s', (_name, content) => {
  expect([...readManifest(written('a.json', content))]).toEqual([[hash, query]]);
});

test.each([
  ['no JSON', '{'],
  ['no texts', { a: 1 }],
  ['a number', '7x'],
  ['bodies that are none', { operations: [{}] }],
])('error: %s', (_name, content) => {
  expect(() => readManifest(written('b.json', content))).toThrow(ManifestError);
});

test('a page that names no operations adds none; one that does has them answered by a server that knows no others', async () => {
  expect(operationsOf(folder).size).toBe(0);
  written('index.html', '<!doctype html>');
  written('operations.json', { [hash]: query });
  const api = seeded({ siteDir: folder, persisted: { only: true } });
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  expect((await (await api.request({ extensions })).json()).data.network.chainId).toBe('dmcn-test-1');
  expect((await api.ask(query)).errors[0].extensions.code).toBe('PERSISTED_QUERY_ONLY');
  await api.close();
});
