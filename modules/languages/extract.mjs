// Writes what the module knows about languages, model.txt, from the npm package franc-min (MIT).
// Usage: node modules/languages/extract.mjs

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const UNICODE_END = 0x110000;
const packed = dirname(createRequire(import.meta.url).resolve('franc-min/package.json'));
const part = (name) => import(pathToFileURL(join(packed, name)).href);
const { data } = await part('data.js');
const { expressions } = await part('expressions.js');

/** The code points that the expression matches, as first-last in hexadecimal. */
function ranges(expression) {
  const found = [];
  let first = -1;
  for (let point = 0; point <= UNICODE_END; point++) {
    expression.lastIndex = 0;
    const inside = point < UNICODE_END && expression.test(String.fromCodePoint(point));
    if (inside && first < 0) first = point;
    if (!inside && first >= 0) {
      found.push(`${first.toString(16)}-${(point - 1).toString(16)}`);
      first = -1;
    }
  }
  return found.join(',');
}

const lines = [];
for (const [script, expression] of Object.entries(expressions)) {
  lines.push(`script\t${script}\t${ranges(expression)}`);
  for (const [language, trigrams] of Object.entries(data[script] ?? {}))
    lines.push(`${language}\t${trigrams}`);
}
writeFileSync(new URL('./model.txt', import.meta.url), `${lines.join('\n')}\n`);
