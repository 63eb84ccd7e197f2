import type { Case } from '../../../case.js';
import { committedPrograms } from '../../../corpus/committed.js';
import { edgePrograms } from '../../../corpus/edge/index.js';
import { casesOf } from '../../../corpus/program.js';
import type { Outcome } from '../../../outcome.js';
import { onNode } from './on-node.js';

const EACH = 1;

export interface Expected {
  readonly case: Case;
  readonly outcome: Outcome;
}

/** One of the corpus's cases for each kind of program and each status, under `edge/traps TRAP`. */
export async function sample(): Promise<Map<string, Expected[]>> {
  const all = new Map<string, Expected[]>();
  for (const programs of [edgePrograms(), committedPrograms()]) {
    for await (const program of programs) {
      for (const each of casesOf(program)) {
        const outcome = await onNode(each);
        const kind = `${each.name.split('/', 2).join('/')} ${outcome.kind === 'result' ? outcome.status : 'none'}`;
        all.set(kind, [...(all.get(kind) ?? []), { case: each, outcome }]);
      }
    }
  }
  return new Map([...all].map(([kind, list]) => [kind, spread(list)]));
}

function spread(list: Expected[]): Expected[] {
  const step = Math.ceil(list.length / EACH);
  return list.filter((_, i) => i % step === 0);
}
