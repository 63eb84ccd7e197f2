import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the npm package that a file belongs to, undefined for the checkout's own files. */
function packageOf(root, file) {
  if (!file.includes('node_modules/')) return undefined;
  for (let folder = dirname(join(root, file)); folder !== root; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) return folder;
  }
  return undefined;
}

function textOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : undefined;
}

function entryOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${folder} does not name its licence`);
  const by = typeof author === 'string' ? author : author?.name;
  const text = textOf(folder) ?? `It comes without the text${by ? `; its author is ${by}` : ''}.`;
  return `${name} ${version}: ${license}\n\n${text}\n`;
}

/** The licences of all npm packages that files come from. */
export function licencesOf(root, files) {
  const folders = new Set(files.map((file) => packageOf(root, file)).filter(Boolean));
  const entries = [...new Set([...folders].map(entryOf))].sort();
  const line = `\n${'-'.repeat(80)}\n\n`;
  return `What this package brings of others, and under which licences.\n${line}${entries.join(line)}`;
}
