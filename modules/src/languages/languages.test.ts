import { franc, francAll } from 'franc-min';
import { describe, expect, it } from 'vitest';
import { runUnderWasi, utf8 } from '../testing/run-under-wasi.js';
import { knownLanguages, languagesInputs, languagesLabels, parseVerdicts, type Verdict } from './inputs.js';

/** What franc says, whose method and data the module has, by a program of its own. */
function verdictOfFranc(line: string): Verdict {
  const [first, second] = francAll(line);
  const language = franc(line);
  if (language === 'und') return { language, lead: 0 };
  const lead = second === undefined ? 1 : (first?.[1] ?? 0) - second[1];
  return { language, lead: Math.floor(lead * 1000 + 1e-7) };
}

async function verdictsOn(lines: readonly string[]): Promise<Verdict[]> {
  const { exitCode, output } = await runUnderWasi(
    'languages',
    utf8(lines.map((line) => `${line}\n`).join('')),
  );
  expect(exitCode).toBe(0);
  return parseVerdicts(output);
}

it('knows the codes of its languages, not the names of their scripts', () => {
  const known = knownLanguages();
  expect(known.size).toBeGreaterThan(70);
  for (const code of ['eng', 'cmn', 'jpn', 'rus', 'arb']) expect(known).toContain(code);
  expect(known).not.toContain('Latin');
});

it('judges every line of a job as franc does, and nearly all of them right', async () => {
  const job = { units: 4, linesPerUnit: 250 };
  const [inputs, labels] = [languagesInputs(job), languagesLabels(job)];
  let right = 0;
  for (const [unit, { bytes }] of inputs.entries()) {
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
    const verdicts = await verdictsOn(lines);
    expect(verdicts).toEqual(lines.map(verdictOfFranc));
    right += verdicts.filter(({ language }, i) => language === labels[unit]?.[i]).length;
  }
  expect(right / 1_000).toBeGreaterThan(0.93);
});

describe('lines that are not prose', () => {
  const lines: [string, string][] = [
    ['nothing', ''],
    ['too short a line', 'too short'],
    ['just long enough', 'long enough to be judged'],
    ['no letters', '1234567890 !!! 42'],
    ['a final sigma', 'ΟΔΥΣΣΕΥΣ ΚΑΙ ΠΗΝΕΛΟΠΗ'],
    ['a dotted capital I', 'İSTANBUL BÜYÜK BİR ŞEHİR'],
    ['emoji', 'emoji 😀😀😀😀 and words between 😀 them'],
    ['rare ideographs', '𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇'],
    ['odd spaces', 'tabs\tand\u00a0odd\u2003spaces\ufeffpart the\u3000words'],
    ['a long line', 'word '.repeat(2_000)],
    ['a line cut within a surrogate pair', `${'x'.repeat(2_047)}😀 and more`],
  ];
  it.each(lines)('judges %s as franc does', async (_, line) => {
    expect(await verdictsOn([line])).toEqual([verdictOfFranc(line)]);
  });
});

it('takes an empty input, lines without an end, Windows line ends, and bytes that are not UTF-8', async () => {
  expect(await runUnderWasi('languages', utf8(''))).toEqual({ exitCode: 0, output: utf8('') });
  const english = 'All human beings are born free and equal in dignity and rights';
  const [expected] = await verdictsOn([english]);
  const { output } = await runUnderWasi('languages', utf8(`${english}\r\n${english}`));
  expect(parseVerdicts(output)).toEqual([expected, expected]);
  const broken = Buffer.concat([Buffer.from(english), Buffer.from([0xff, 0xc0])]);
  expect(parseVerdicts((await runUnderWasi('languages', broken)).output)[0]?.language).toBe('eng');
});
