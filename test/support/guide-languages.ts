import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, test } from 'vitest';
import { followGuide } from './guide.js';

/** A program in each language that has to compile for the guide to work here, by its heading. */
const languages = {
  C: {
    file: 'x.c',
    text: '#include <stdio.h>\nint main(void) { return puts("x"); }',
    compiler: ['clang', '--target=wasm32-wasi'],
  },
  Rust: { file: 'x.rs', text: 'fn main() {}', compiler: ['/usr/bin/rustc', '--target', 'wasm32-wasi'] },
  AssemblyScript: undefined,
} as const;

/** Follows the guide once for each language. */
export function followInEachLanguage(install: boolean): void {
  for (const [choose, probe] of Object.entries(languages)) {
    const missing = probe && whyNot(probe);
    if (missing) process.stderr.write(`SKIPPED: the guide in ${choose}: ${missing}\n`);
    test.skipIf(missing !== undefined)(`from an empty folder to a job, in ${choose}`, async ({ expect }) => {
      const { home } = inject('devnet');
      expect(await followGuide('docs/guides/task-modules.md', { choose, home, install })).toBeUndefined();
    });
  }
}

/** Why a program cannot be compiled here, or undefined. */
function whyNot({
  file,
  text,
  compiler: [command, ...flags],
}: NonNullable<(typeof languages)['C' | 'Rust']>) {
  const directory = mkdtempSync(join(tmpdir(), 'dmcn-'));
  try {
    writeFileSync(join(directory, file), text);
    execFileSync(command, [...flags, '-o', 'x.wasm', file], { cwd: directory, stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `${command} cannot build for wasm32-wasi: ${String(error).split('\n')[0]}`;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
