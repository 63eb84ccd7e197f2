import { hintFor } from './hints.js';
import type { Rule } from './rule.js';

/** One reason why a module is refused. */
export interface Finding {
  readonly rule: Rule;
  readonly message: string;
  /** Where in the file, in bytes. */
  readonly offset: number;
  readonly function?: { readonly index: number; readonly name?: string };
  /** Mnemonic of the instruction. */
  readonly opcode?: string;
  /** How often the same instruction appears in that function, if more than once. */
  readonly count?: number;
  /** What to change in the program or its build. */
  readonly hint?: string;
}

/** A finding as a check reports it, before the hint for its rule is added. */
export type Report = (finding: Finding) => void;

/** Adds the general hint for the finding's rule unless it has one. */
export function withHint(finding: Finding): Finding {
  const hint = finding.hint ?? hintFor(finding.rule);
  return hint === undefined ? finding : { ...finding, hint };
}

/** One line for a person, with place and hint. */
export function formatFinding(finding: Finding): string {
  const at = [`byte 0x${finding.offset.toString(16)}`];
  if (finding.function !== undefined) {
    const { index, name } = finding.function;
    at.unshift(name === undefined ? `function ${index}` : `function ${index} (${shown(name)})`);
  }
  const times = finding.count === undefined ? '' : `, ${finding.count} times`;
  const hint = finding.hint === undefined ? '' : `; ${finding.hint}`;
  return `${at.join(', ')}: ${finding.message}${times}${hint}`;
}

const MOST_SHOWN = 80;

/** A name from a module for a terminal: a stranger chose it, so that it may be long and full of control characters. */
export function shown(name: string): string {
  const visible = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return visible.length <= MOST_SHOWN ? visible : `${visible.slice(0, MOST_SHOWN)}…`;
}
