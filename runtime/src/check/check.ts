import { LIMITS } from '../profile/limits.js';
import { DecodeError } from '../wasm/decode-error.js';
import { decodeModule } from '../wasm/decode-module.js';
import type { ModuleLayout } from '../wasm/module-layout.js';
import { checkBodies } from './check-bodies.js';
import { checkSections } from './check-sections.js';
import { type Finding, type Report, withHint } from './findings.js';
import { hintForBytes } from './hints.js';

/** Further findings are dropped: nobody reads more, and their number is the module author's choice. */
const MOST_FINDINGS = 1_000;

/** The outcome of a check: the decoded module if nothing was found. */
export interface Inspection {
  readonly findings: Finding[];
  readonly module?: ModuleLayout;
}

/**
 * Every reason why the profile dmcn-wasm/1 refuses a module, empty if it accepts it. The same for the same bytes
 * on every platform, and never an exception, whatever the bytes.
 */
export function check(bytes: Uint8Array): Finding[] {
  return inspect(bytes).findings;
}

/** As `check`, and keeps the decoded module. */
export function inspect(bytes: Uint8Array): Inspection {
  const findings: Finding[] = [];
  const report: Report = (finding) => {
    if (findings.length < MOST_FINDINGS) findings.push(withHint(finding));
  };
  const module = readModule(bytes, report);
  return module === undefined || findings.length > 0 ? { findings } : { findings, module };
}

function readModule(bytes: Uint8Array, report: Report): ModuleLayout | undefined {
  if (bytes.length > LIMITS.moduleBytes) {
    const message = `the module has ${bytes.length} bytes, the limit is ${LIMITS.moduleBytes}`;
    report({
      rule: 'limit',
      message,
      offset: LIMITS.moduleBytes,
      hint: 'compile with -Os, strip debug sections',
    });
    return undefined;
  }
  try {
    const module = decodeModule(bytes);
    checkSections(module, report);
    checkBodies(module, report);
    return module;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    report({
      rule: 'malformed',
      message: `not a WebAssembly module: ${error.message}`,
      offset: error.offset,
      hint: hintForBytes(bytes),
    });
    return undefined;
  }
}
