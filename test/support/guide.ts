import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newDirectory } from './devnet.js';
import { type Ended, startProgram } from './process.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A block of code of a guide. */
interface Block {
  /** Headings that it stands under. */
  readonly section: readonly string[];
  /** What follows its fence: `sh`, `text`, `c title="count.c"`. */
  readonly info: string;
  readonly text: string;
}

export interface GuideOptions {
  /** Heading under which the blocks count; those of its siblings do not. */
  readonly choose: string;
  readonly home: string;
  /** Whether packages come from npm's registry; else those of this repository are there already. */
  readonly install: boolean;
}

/**
 * Follows a guide in a new directory: files are written, commands run by a shell, and what they print has to be the text that
 * follows. Resolves with what differs, or with the error of a command; undefined if nothing does.
 */
export async function followGuide(
  file: string,
  { choose, home, install }: GuideOptions,
): Promise<string | undefined> {
  const directory = await newDirectory();
  const env = { ...process.env, DMCN_HOME: home, PATH: await programs(directory) };
  if (!install) await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  let printed = '';
  for (const { info, text } of chosen(blocksOf(await readFile(join(root, file), 'utf8')), choose)) {
    const [, title] = /title="(.+)"/.exec(info) ?? [];
    if (title !== undefined) await writeFile(join(directory, title), text);
    else if (info === 'text') {
      if (!pattern(text).test(printed)) return `the guide has\n${text}\nand the commands print\n${printed}`;
    } else if (info === 'sh') {
      const script = install ? text : text.replace(/^npm .*$/m, '');
      const ended = await shell(script, directory, env);
      if (ended.code !== 0) return `${script}ends with ${ended.code}: ${ended.stdout}${ended.stderr}`;
      printed = ended.stdout;
    }
  }
  return undefined;
}

function shell(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return startProgram(['sh', '-euc', script], [], { cwd, env }).ended;
}

/** A search path on which `dmcn` is this checkout's, and compilers are the system's. */
async function programs(directory: string): Promise<string> {
  const bin = join(directory, '.bin');
  await mkdir(bin);
  await symlink(process.execPath, join(bin, 'node'));
  await symlink(join(root, 'dmcn'), join(bin, 'dmcn'));
  return [bin, '/usr/bin', process.env.PATH].join(':');
}

/** Blocks without those under a heading beside the one that is chosen. */
function chosen(blocks: readonly Block[], choose: string): Block[] {
  const at = blocks.find(({ section }) => section.includes(choose))?.section.indexOf(choose) ?? -1;
  if (at < 0) throw new Error(`the guide has no heading ${choose}`);
  return blocks.filter(({ section }) => section[at] === undefined || section[at] === choose);
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let section: string[] = [];
  for (const part of markdown.matchAll(/^```(.+)\n([\s\S]*?)^```$|^(#+) (.+)$/gm)) {
    const [, info, text = '', level, heading = ''] = part;
    if (level !== undefined) section = [...section.slice(0, level.length - 1), heading];
    else if (info !== undefined) blocks.push({ section, info, text });
  }
  return blocks;
}

/** Matches a text in which `<number>` stands for any. */
function pattern(text: string): RegExp {
  const literal = text.split('<number>').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('\\d+')}$`);
}
