#!/usr/bin/env node
// Makes build/dmcn-VERSION.tgz: the command `dmcn` with everything that it needs in a few files of JavaScript, to be
// installed with `npm install -g` where there is nothing but Node (docs/adr/0013-one-bundle.md).
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './pack/bundle.mjs';
import { licencesOf } from './pack/licences.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packageDir = join(root, 'build', 'package');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const write = (name, text) => writeFileSync(join(packageDir, name), text);

const { name, version, description, license, engines } = read('package.json');
const sqlite = read('indexer/package.json').dependencies['better-sqlite3'];

rmSync(packageDir, { recursive: true, force: true });
mkdirSync(join(packageDir, 'dist'), { recursive: true });
const bundled = await bundle(root, join(packageDir, 'dist', 'node'));
cpSync(join(root, 'tools', 'pack', 'main.js'), join(packageDir, 'dist', 'main.js'));
chmodSync(join(packageDir, 'dist', 'main.js'), 0o755);
cpSync(join(root, 'indexer', 'drizzle'), join(packageDir, 'drizzle'), {
  recursive: true,
  filter: (path) => !path.endsWith('_snapshot.json'),
});
cpSync(join(root, 'dashboard', 'dist'), join(packageDir, 'dashboard', 'dist'), { recursive: true });
for (const file of ['LICENSE', 'README.md']) cpSync(join(root, file), join(packageDir, file));
const inPage = Object.keys(read('dashboard/package.json').dependencies).map(
  (dependency) => `node_modules/${dependency}/package.json`,
);
write('THIRD-PARTY-LICENSES', licencesOf(root, [...bundled, ...inPage]));
write(
  'package.json',
  `${JSON.stringify(
    {
      name,
      version,
      description,
      license,
      type: 'module',
      bin: { dmcn: 'dist/main.js' },
      files: ['dist', 'dashboard', 'drizzle', 'THIRD-PARTY-LICENSES'],
      engines,
      peerDependencies: { 'better-sqlite3': sqlite },
      peerDependenciesMeta: { 'better-sqlite3': { optional: true } },
    },
    undefined,
    2,
  )}\n`,
);

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--pack-destination', join(root, 'build')], {
    cwd: packageDir,
    encoding: 'utf8',
  }),
);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
process.stderr.write(
  `pack: ${packed.entryCount} files, ${megabytes(packed.size)}, ${megabytes(packed.unpackedSize)} installed\n`,
);
process.stdout.write(`${join('build', packed.filename)}\n`);
