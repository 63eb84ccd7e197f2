import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Case } from '../case.js';
import { type Difference, formatDifference } from '../compare/difference.js';

interface CaseFile extends Omit<Case, 'module' | 'input' | 'gasLimit'> {
  readonly gasLimit: string;
}

/** Leaves a case behind in a folder, from which `replay` runs it again. Returns the folder. */
export async function writeReproduction(
  folder: string,
  { case: each, original, difference }: { case: Case; original: Case; difference: Difference },
): Promise<string> {
  const pair = `${difference.reference.engine}-${difference.other.engine}`;
  const directory = path.join(folder, `${each.name.replaceAll(/[^\w.-]+/g, '-')}-${pair}`);
  await mkdir(directory, { recursive: true });
  const { module, input, gasLimit, ...rest } = each;
  const file: CaseFile = { ...rest, gasLimit: `${gasLimit}` };
  const readme = `# ${each.name}

${formatDifference(difference)}

The module has ${module.length} bytes of ${original.module.length}, the input ${input.length} of ${original.input.length}. Again:

    npm run conformance -- replay ${path.relative(process.cwd(), directory)}
`;
  await writeFile(path.join(directory, 'module.wasm'), module);
  await writeFile(path.join(directory, 'input'), input);
  await writeFile(path.join(directory, 'original.wasm'), original.module);
  await writeFile(path.join(directory, 'case.json'), `${JSON.stringify(file, null, 2)}\n`);
  await writeFile(path.join(directory, 'README.md'), readme);
  return directory;
}

/** The case of such a folder. */
export async function readReproduction(directory: string): Promise<Case> {
  const read = (name: string) => readFile(path.join(directory, name));
  const { gasLimit, ...rest } = JSON.parse((await read('case.json')).toString()) as CaseFile;
  const [module, input] = await Promise.all([read('module.wasm'), read('input')]);
  return {
    ...rest,
    gasLimit: BigInt(gasLimit),
    module: new Uint8Array(module),
    input: new Uint8Array(input),
  };
}
