import { LIMITS } from '../profile/limits.js';
import { FunctionNames } from '../wasm/function-names.js';
import { importedFunctions, type ModuleLayout } from '../wasm/module-layout.js';
import { BodyCheck } from './body-check.js';
import type { Report } from './findings.js';
import { FunctionTyping } from './function-typing.js';
import { typingContext } from './typing-context.js';

/** Checks every function body: instructions, types and limits. */
export function checkBodies(module: ModuleLayout, report: Report): void {
  const context = typingContext(module);
  const typing = context === undefined ? undefined : new FunctionTyping(context);
  const names = new FunctionNames(module);
  const imported = importedFunctions(module);
  const totals = { blocks: 0, branches: 0, liveValues: 0 };
  for (let i = 0; i < module.bodies.length; i++) {
    const type = module.types[module.functions[i]?.type ?? -1];
    const place = (): { index: number; name?: string } => {
      const name = names.of(imported + i);
      return name === undefined ? { index: imported + i } : { index: imported + i, name };
    };
    const check = new BodyCheck(module, i, type, typing, (finding) =>
      report({ ...finding, function: place() }),
    );
    check.run();
    totals.blocks += check.blocks;
    totals.branches += check.branches;
    totals.liveValues += check.liveValues;
  }
  const limits = [
    ['blocks', 'blocks'],
    ['branches', 'branches'],
    ['liveValues', 'values alive at its branches and calls'],
  ] as const;
  for (const [key, what] of limits) {
    if (totals[key] <= LIMITS[key]) continue;
    const message = `the module has ${totals[key]} ${what}, the limit is ${LIMITS[key]}`;
    report({ rule: 'limit', message, offset: 0, hint: 'compile with -Os, or split the program' });
  }
}
