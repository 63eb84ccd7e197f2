import { execFileSync } from 'node:child_process';
import type { Engine, EngineKind } from '../engine.js';
import { bundle, findCommand, program } from './bundle.js';
import { ProcessEngine } from './process-engine.js';

/** V8, as Node has it. */
export const node: EngineKind = {
  name: 'node',
  open: async () =>
    new ProcessEngine({
      name: 'node',
      version: `V8 ${process.versions.v8} (Node ${process.versions.node})`,
      command: process.execPath,
      args: [program('node-program')],
    }),
};

interface BareShell {
  readonly name: string;
  readonly paths: readonly string[];
  readonly debianPackage: string;
  readonly versionOf: (command: string) => string;
}

/** An engine's own shell, on which the runtime runs bundled into one script. */
function bareShell({ name, paths, debianPackage, versionOf }: BareShell): EngineKind {
  return {
    name,
    async open(): Promise<Engine> {
      const command = findCommand(paths);
      if (command === undefined)
        throw new Error(
          `${name} needs ${paths[0]}, which is not installed; Debian: apt-get install ${debianPackage}`,
        );
      const script = await bundle('shell-program');
      const args = name === 'jsc' ? [script.file, '--'] : [script.file];
      const engine = new ProcessEngine({ name, version: versionOf(command), command, args });
      return Object.assign(engine, { close: script.remove });
    },
  };
}

/** JavaScriptCore, what every browser of an iPhone runs. */
export const jsc = bareShell({
  name: 'jsc',
  paths: ['/usr/bin/jsc'],
  debianPackage: 'libjavascriptcoregtk-4.0-bin',
  versionOf: () => `JavaScriptCore (WebKitGTK ${debianVersion('libjavascriptcoregtk-4.0-bin')})`,
});

/** SpiderMonkey, what Firefox runs. */
export const spidermonkey = bareShell({
  name: 'spidermonkey',
  paths: ['/usr/bin/js102', '/usr/bin/js115', '/usr/bin/js128'],
  debianPackage: 'libmozjs-102-dev',
  versionOf: (command) =>
    `SpiderMonkey ${execFileSync(command, ['--version'], { encoding: 'utf8' }).trim().replace('JavaScript-C', '')}`,
});

function debianVersion(name: string): string {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own syntax
    return execFileSync('dpkg-query', ['--show', '--showformat=${Version}', name], { encoding: 'utf8' });
  } catch {
    return 'of unknown version';
  }
}
