import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

test('the golden cases are what their generator writes', () => {
  const generator = fileURLToPath(new URL('../testvectors/generate.mjs', import.meta.url));
  execFileSync(process.execPath, [generator, '--check'], { stdio: 'pipe' });
});
