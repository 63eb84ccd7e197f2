import { buildAll } from './build.js';

for (const target of ['wasm', 'native'] as const) {
  for (const [name, file] of await buildAll(target)) process.stdout.write(`${name}: ${file}\n`);
}
