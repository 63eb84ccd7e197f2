import '../engines/javascript/shell-text.js';
import { readBatch } from '../engines/javascript/batch.js';
import { wordsBorne } from './words-borne.js';

/** What the shells give a script, and a Web Worker in its own way. */
interface Realm {
  readonly print?: (line: string) => void;
  readonly readFile?: (path: string, kind: 'binary') => Uint8Array;
  readonly arguments?: readonly string[];
  readonly os?: { readonly file: { readonly readFile: (path: string, kind: 'binary') => Uint8Array } };
  readonly scriptArgs?: readonly string[];
  readonly process?: NodeJS.Process;
}

const realm = globalThis as unknown as Realm;

/** Words that this engine bears for each module of a batch. */
function measure(batch: Uint8Array): string {
  return JSON.stringify(readBatch(batch).map(({ module }) => wordsBorne(module)));
}

if (realm.process !== undefined) {
  const { readFileSync } = realm.process.getBuiltinModule('node:fs');
  console.log(measure(readFileSync(realm.process.argv[2] ?? '')));
} else if (realm.print === undefined) {
  addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => postMessage(measure(data)));
} else {
  const [path = ''] = realm.scriptArgs ?? realm.arguments ?? [];
  const read = realm.readFile ?? realm.os?.file.readFile;
  realm.print(measure(read?.(path, 'binary') ?? new Uint8Array()));
}
