import { parseArgs } from 'node:util';
import { ENGINE_KINDS } from '../engines/kinds.js';

const MODES = ['corpus', 'random', 'all', 'replay'] as const;

/** An engine by its name, and that it takes every so many-th case. */
export interface ChosenEngine {
  readonly name: string;
  readonly every: number;
}

export interface Options {
  readonly mode: (typeof MODES)[number];
  /** Folders of differences to run again. */
  readonly folders: readonly string[];
  /** Undefined for all that are here, with all cases. */
  readonly engines: readonly ChosenEngine[] | undefined;
  readonly from: number;
  readonly count: number;
  readonly report: string | undefined;
  readonly fresh: boolean;
}

export const USAGE = `Usage: npm run conformance -- [corpus|random|all] [options]
       npm run conformance -- replay FOLDER... [--engines LIST]

Runs modules on every engine that is installed and compares status, exit code, gas and output. Ends with exit code 1 if
anything differs, and leaves each difference minimised under build/differences.

  corpus           programs of others and those at the edges of the profile
  random           random modules; goes on where an earlier run of the same was stopped
  all              both, the default
  replay FOLDER    a difference that an earlier run left behind

  --engines LIST   only these, the one that the others are held against first: ${ENGINE_KINDS.map(({ name }) => name).join(',')}
                   NAME/N takes every Nth case only, which suits slow ones
  --count N        random modules, 2000 by default
  --from N         number of the first random module, 0 by default
  --report FILE    writes what was found as Markdown
  --fresh          forgets how far an earlier run came

Example:
  $ npm run conformance -- random --count 100000 --report docs/conformance.md
`;

/** Wrong usage: the message says what. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @returns undefined if help is asked for. @throws UsageError */
export function parseOptions(words: readonly string[]): Options | undefined {
  const { values, positionals } = parsed(words);
  if (values.help) return undefined;
  const [mode = 'all', ...folders] = positionals;
  if (!isMode(mode)) throw new UsageError(`there is no "${mode}": choose from ${MODES.join(', ')}`);
  if ((mode === 'replay') !== folders.length > 0)
    throw new UsageError(mode === 'replay' ? 'replay needs a folder' : `"${folders[0]}" is too much`);
  const engines = values.engines === undefined ? undefined : chosenEngines(values.engines);
  return {
    mode,
    folders,
    engines,
    from: wholeNumber('from', values.from ?? '0'),
    count: wholeNumber('count', values.count ?? '2000'),
    report: values.report,
    fresh: values.fresh ?? false,
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        engines: { type: 'string' },
        from: { type: 'string' },
        count: { type: 'string' },
        report: { type: 'string' },
        fresh: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function chosenEngines(list: string): ChosenEngine[] {
  const words = list.split(',').filter((word) => word !== '');
  if (words.length === 0) throw new UsageError('--engines needs a name');
  return words.map((word) => {
    const [name = '', every = '1'] = word.split('/');
    if (ENGINE_KINDS.every((kind) => kind.name !== name))
      throw new UsageError(
        `there is no engine "${name}": choose from ${ENGINE_KINDS.map((kind) => kind.name).join(', ')}`,
      );
    return { name, every: Math.max(1, wholeNumber('engines', every)) };
  });
}

function isMode(word: string): word is Options['mode'] {
  return (MODES as readonly string[]).includes(word);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new UsageError(`--${name} is a whole number, not "${text}"`);
  return value;
}
