import type { EngineKind } from '../engine.js';
import { GoHost } from './go-host.js';
import { commandOf, program, wasmtimeLibrary } from './programs.js';

/** Milliseconds that a case may take beside what its gas takes. */
const CASE_MS = 60_000;
/** Gas that an engine gets through in a millisecond, at its slowest on a busy machine. */
const COMPILED = 10_000;
const SLOW = 1_000;
/** A timer takes no more milliseconds. */
const LONGEST = 2 ** 31 - 1;

const WASMTIME_VERSION = 'github.com/dmcn/dmcn/conformance/host/wasmtime.version';

const pure = () => program({ name: 'wazero', env: { CGO_ENABLED: '0' } });

async function withWasmtime(): Promise<string> {
  await commandOf('gcc', 'gcc');
  const { folder, file, version } = await wasmtimeLibrary();
  return program({
    name: 'wasmtime',
    args: ['-tags', 'wasmtime', '-ldflags', `-X ${WASMTIME_VERSION}=${version}`],
    env: { CGO_ENABLED: '1', CGO_LDFLAGS: `-L${folder} -l:${file} -Wl,-rpath,${folder}` },
  });
}

async function onArm64(): Promise<string[]> {
  const emulator = process.arch === 'arm64' ? [] : [await commandOf('qemu-aarch64', 'qemu-user')];
  return [
    ...emulator,
    await program({ name: 'arm64', env: { CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'arm64' } }),
  ];
}

function kind(name: string, gasAMs: number, command: () => Promise<string[]>): EngineKind {
  const timeLimit = (gas: bigint): number => Math.min(CASE_MS + Number(gas) / gasAMs, LONGEST);
  return { name, open: async () => GoHost.start({ name, timeLimit, command: await command() }) };
}

/** The engines that are no JavaScript engines, each in a process of the program in `host/`. */
export const goHostEngines: readonly EngineKind[] = [
  kind('wasmtime', COMPILED, async () => [await withWasmtime(), 'wasmtime']),
  kind('wazero-compiler', COMPILED, async () => [await pure(), 'wazero-compiler']),
  kind('wazero-interpreter', SLOW, async () => [await pure(), 'wazero-interpreter']),
  kind('wazero-arm64', SLOW, async () => [...(await onArm64()), 'wazero-compiler']),
];
