// Runs a WebAssembly program as it is under the WASI host that Node brings, on its own stdin and stdout, and tells its
// parent how it ended. Usage: fork('other-host.mjs', [FILE, ...ARGS]).
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [file, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', returnOnExit: true, env: {}, args: ['task', ...args] });
const { instance } = await WebAssembly.instantiate(await readFile(file), wasi.getImportObject());
try {
  process.send({ exitCode: wasi.start(instance) });
} catch (error) {
  if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  process.send({ exitCode: 'trap' });
}
process.disconnect();
