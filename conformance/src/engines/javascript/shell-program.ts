import './shell-text.js';
import { runBatch } from './run-batch.js';

/** What the shells of JavaScriptCore and SpiderMonkey give a script. */
interface Shell {
  print(line: string): void;
  /** JavaScriptCore. */
  readonly readFile?: (path: string, kind: 'binary') => Uint8Array;
  readonly arguments?: readonly string[];
  /** SpiderMonkey. */
  readonly os?: { readonly file: { readonly readFile: (path: string, kind: 'binary') => Uint8Array } };
  readonly scriptArgs?: readonly string[];
}

const shell = globalThis as unknown as Shell;
const [path = '', first, last] = shell.scriptArgs ?? shell.arguments ?? [];
const bytes = (shell.readFile ?? shell.os?.file.readFile)?.(path, 'binary') ?? new Uint8Array();

runBatch(bytes, Number(first), Number(last), (answer) => shell.print(JSON.stringify(answer))).catch(
  (error: unknown) => shell.print(`failed: ${String(error)}`),
);
