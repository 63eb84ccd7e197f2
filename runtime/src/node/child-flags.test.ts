import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { childFlags } from './child-flags.js';

test.each([
  ['files', `require('fs').readFileSync('/etc/passwd')`],
  ['writing', `require('fs').writeFileSync('/tmp/dmcn-unit', '')`],
  ['processes', `require('child_process').execSync('id')`],
  ['threads', `new (require('worker_threads').Worker)('', { eval: true })`],
])("a unit's process may not use %s", (_, code) => {
  const script = `try { ${code} } catch (error) { process.exitCode = error.code === 'ERR_ACCESS_DENIED' ? 42 : 1 }`;
  expect(spawnSync(process.execPath, [...childFlags(), '-e', script], { env: {} }).status).toBe(42);
});
