import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reasonOf, rejections } from './rejections.js';

const chain = fileURLToPath(new URL('../../../../chain', import.meta.url));

/** (code, name) of every `Err… = errors.Register(…, code, "…")` of a Go file. */
function registered(path: string): Record<number, string> {
  const pattern = /\b(?:Err|Error)([A-Z]\w*)\s*=\s*\w+\.Register\(\w+,\s*(\d+),/g;
  return Object.fromEntries(
    [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, name, code]) => [code, name]),
  );
}

function sdkFolder(): string | undefined {
  try {
    const list = ['list', '-m', '-f', '{{.Dir}}', 'github.com/cosmos/cosmos-sdk'];
    return execFileSync('go', list, { cwd: chain, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

describe('rejections', () => {
  it.each(['worker', 'task', 'audit', 'beacon'])(
    'names every error of x/%s as the chain does, and no other',
    (module) => {
      expect(rejections[module]).toEqual(registered(join(chain, 'x', module, 'types', 'errors.go')));
    },
  );

  const sdk = sdkFolder();
  it.skipIf(!sdk || !existsSync(sdk)).each([
    ['sdk', 'types/errors/errors.go'],
    ['bank', 'x/bank/types/errors.go'],
    ['authz', 'x/authz/errors.go'],
    ['feegrant', 'x/feegrant/errors.go'],
  ])('names every error of %s as the Cosmos SDK of chain/go.mod does', (codespace, path) => {
    expect(rejections[codespace]).toEqual(registered(join(sdk ?? '', path)));
  });

  it('has a name for what it does not know, and says what may be tried again', () => {
    expect(reasonOf('task', 999)).toEqual({ reason: 'Unknown', retryable: false });
    expect(reasonOf('nobody', 2)).toEqual({ reason: 'Unknown', retryable: false });
    expect(reasonOf('audit', 43)).toEqual({ reason: 'CommitsOpen', retryable: true });
    expect(reasonOf('audit', 42)).toEqual({ reason: 'CommitsClosed', retryable: false });
    expect(reasonOf('sdk', 20)).toEqual({ reason: 'MempoolIsFull', retryable: true });
  });
});
