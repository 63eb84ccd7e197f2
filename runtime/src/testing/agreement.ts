import { inspect } from '../check/check.js';
import { formatFinding } from '../check/findings.js';
import { rewrite } from '../instrument/instrument.js';
import { STATUS_CODES } from '../profile/status.js';
import { runUnit } from '../run/run-unit.js';
import { REQUEST } from './run-bytes.js';

/** Rules that say that bytes are no valid module at all, in any profile. */
const BROKEN: readonly string[] = ['malformed', 'invalid'];

const valid = (bytes: Uint8Array): boolean => WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>);

/**
 * Holds `check` against the engine that runs this: it accepts nothing that the engine refuses, calls nothing broken
 * that the engine accepts, and what it accepts can be rewritten, is then still valid, and runs to a status.
 * @param run false leaves out the run, which takes longest
 * @returns whether the module is accepted
 * @throws Error that says what does not hold
 */
export function expectAgreement(bytes: Uint8Array, run = true): boolean {
  const { findings, module } = inspect(bytes);
  if (module === undefined) {
    if (findings.length === 0) throw new Error('refused without a reason');
    if (findings.every(({ rule }) => BROKEN.includes(rule)) && valid(bytes)) {
      throw new Error(`the engine accepts what is called broken: ${findings.map(formatFinding).join('; ')}`);
    }
    return false;
  }
  if (!valid(bytes)) throw new Error(`accepted, and the engine refuses it: ${engineMessage(bytes)}`);
  const instrumented = rewrite(module);
  if (!valid(instrumented)) {
    throw new Error(`the engine refuses the instrumented form: ${engineMessage(instrumented)}`);
  }
  if (!run) return true;
  const compiled = new WebAssembly.Module(instrumented as Uint8Array<ArrayBuffer>);
  const program = { module: compiled, entryGas: 0, initialPages: module.memories[0]?.minimum ?? 0 };
  const task = { id: new Uint8Array(32), findings, program };
  const { status } = runUnit(task, { ...REQUEST, gasLimit: 1_000_000n, memoryLimit: 2 ** 20 });
  if (!(status in STATUS_CODES)) throw new Error(`ended with ${status}`);
  return true;
}

function engineMessage(bytes: Uint8Array): string {
  try {
    new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
    return '';
  } catch (error) {
    return String(error);
  }
}
