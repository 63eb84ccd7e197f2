import { readFileSync } from 'node:fs';
import { seededRandom, shuffled } from '../random.js';
import { type UnitInput, unitName } from '../unit-input.js';
import { declarationLines, type LabelledLine } from './declarations.js';

/** How many lines go into how many units. */
export interface LanguagesJob {
  readonly units: number;
  readonly linesPerUnit: number;
}

/** What the module says of one line. */
export interface Verdict {
  /** ISO 639-3 code, `und` for undetermined. */
  readonly language: string;
  /** By how much it was better than the second language, 0 to 1000. */
  readonly lead: number;
}

/** Scripts of several languages have longer names; one of a single language has that language's code. */
const LANGUAGE_CODE = /^[a-z]{3}$/;
const ORDER_SEED = 1_948;
let loaded: readonly LabelledLine[] | undefined;

/**
 * Units of the module `languages`: UTF-8 text, a paragraph of the Universal Declaration of Human Rights a line, the
 * languages mixed; from the first line again once all are used up.
 */
export function languagesInputs(job: LanguagesJob): UnitInput[] {
  return eachUnit(job).map((lines, unit) => ({
    name: unitName(unit, job.units),
    bytes: new TextEncoder().encode(lines.map(({ text }) => `${text}\n`).join('')),
  }));
}

/** The language each line of `languagesInputs` is really written in. */
export function languagesLabels(job: LanguagesJob): string[][] {
  return eachUnit(job).map((lines) => lines.map(({ language }) => language));
}

/** A unit's output, a verdict a line. */
export function parseVerdicts(output: Uint8Array): Verdict[] {
  const lines = new TextDecoder().decode(output).trimEnd().split('\n');
  return lines.map((line) => {
    const [language = '', lead = ''] = line.split('\t');
    return { language, lead: Number(lead) };
  });
}

/** The ISO 639-3 codes of the languages the module can tell apart. */
export function knownLanguages(): Set<string> {
  const model = readFileSync(new URL('../../languages/model.txt', import.meta.url), 'utf8');
  const codes = model.split(/[\t\n]/).filter((field) => LANGUAGE_CODE.test(field));
  return new Set(codes);
}

function eachUnit({ units, linesPerUnit }: LanguagesJob): LabelledLine[][] {
  loaded ??= shuffled(declarationLines(knownLanguages()), seededRandom(ORDER_SEED));
  const lines = loaded;
  const line = (i: number) => lines[i % lines.length] as LabelledLine;
  return Array.from({ length: units }, (_, unit) =>
    Array.from({ length: linesPerUnit }, (_, i) => line(unit * linesPerUnit + i)),
  );
}
