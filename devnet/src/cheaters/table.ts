import { always } from './always.js';
import type { Cheater } from './cheater.js';
import { colluders } from './colluders.js';
import { lazyAuditor } from './lazy-auditor.js';
import { leaker } from './leaker.js';
import { sleeper } from './sleeper.js';
import { sparse } from './sparse.js';
import { squatter } from './squatter.js';
import { withholder } from './withholder.js';

/** Every way to cheat that a devnet can show. */
export const cheaters = {
  always,
  sparse,
  sleeper,
  'lazy-auditor': lazyAuditor,
  withholder,
  squatter,
  leaker,
  colluders,
} as const satisfies Record<string, Cheater>;

export type CheaterKind = keyof typeof cheaters;

export const cheaterKinds = Object.keys(cheaters) as readonly CheaterKind[];

export const isCheaterKind = (text: string): text is CheaterKind => Object.hasOwn(cheaters, text);

/** One line a kind: what it does and how it is caught. */
export const cheaterTable = (kinds: readonly CheaterKind[] = cheaterKinds): string =>
  kinds
    .map(
      (kind) => `  ${kind.padEnd(13)} ${cheaters[kind].does}\n${' '.repeat(16)}-> ${cheaters[kind].caught}`,
    )
    .join('\n');

/** A process of a cheater. `of` counts the cheaters of one kind from 0. */
export interface CheaterProcess {
  readonly kind: CheaterKind;
  readonly part: string;
  /** Its name, such as `always0` or `colluders0-cover`. */
  readonly name: string;
  readonly flags: readonly string[];
  /** Name of the process that it cheats with. */
  readonly accomplice?: string;
}

/** The processes of cheaters of some kinds, which may repeat. */
export function cheaterProcesses(kinds: readonly CheaterKind[]): CheaterProcess[] {
  return kinds.flatMap((kind, i) => {
    const number = kinds.slice(0, i).filter((each) => each === kind).length;
    const { parts }: Cheater = cheaters[kind];
    const names = Object.keys(parts);
    const nameOf = (part: string) => `${kind}${number}${part === 'worker' ? '' : `-${part}`}`;
    return names.map((part) => {
      const other = names.find((each) => each !== part);
      return {
        ...{ kind, part, name: nameOf(part), flags: parts[part]?.flags ?? [] },
        ...(other !== undefined && { accomplice: nameOf(other) }),
      };
    });
  });
}
