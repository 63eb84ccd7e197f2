// Writes the golden cases beside it: `node protocol/testvectors/generate.mjs`. With --check it writes nothing and exits
// with 1 when a file is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { encodings } from './generator/encodings.mjs';
import { encryption } from './generator/encryption.mjs';
import { numbers } from './generator/numbers.mjs';

const check = process.argv.includes('--check');
const stale = [];

for (const [name, make] of Object.entries({ ...encodings, ...encryption, ...numbers })) {
  const file = new URL(name, import.meta.url);
  const text = `${JSON.stringify(make(), null, 1)}\n`;
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) stale.push(name);
}

if (stale.length > 0) {
  console.error(`not what generate.mjs writes: ${stale.join(', ')}; run it without --check`);
  process.exitCode = 1;
}
