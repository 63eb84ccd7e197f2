import type { EngineKind } from '../engine.js';
import { GoHost } from './go-host.js';
import { commandOf, program, wasmtimeLibrary } from './programs.js';

const SECOND = 1_000;
/** Milliseconds that a case may take where code is compiled for the machine, and where it is interpreted or emulated. */
const COMPILED_LIMIT = 120 * SECOND;
const SLOW_LIMIT = 600 * SECOND;

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

function kind(name: string, timeLimit: number, command: () => Promise<string[]>): EngineKind {
  return { name, open: async () => GoHost.start({ name, timeLimit, command: await command() }) };
}

/** The engines that are no JavaScript engines, each in a process of the program in `host/`. */
export const goHostEngines: readonly EngineKind[] = [
  kind('wasmtime', COMPILED_LIMIT, async () => [await withWasmtime(), 'wasmtime']),
  kind('wazero-compiler', COMPILED_LIMIT, async () => [await pure(), 'wazero-compiler']),
  kind('wazero-interpreter', SLOW_LIMIT, async () => [await pure(), 'wazero-interpreter']),
  kind('wazero-arm64', SLOW_LIMIT, async () => [...(await onArm64()), 'wazero-compiler']),
];
