import { access } from 'node:fs/promises';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { readProgram } from '../files.js';

/** A module that an option names: by its id on chain, or as a file. */
export type NamedModule = { readonly id: Uint8Array } | { readonly code: Uint8Array };

/** Reads what an option names. */
export async function programOf(module: string): Promise<NamedModule> {
  if (/^[0-9a-fA-F]{64}$/.test(module)) return { id: Buffer.from(module, 'hex') };
  await access(module).catch(() => {
    throw new UsageError(`${module} is neither a file nor the id of a module (64 hexadecimal digits)`);
  });
  return { code: await readProgram(module) };
}

/** The program that an option names: read from a file, or from the chain. */
export async function moduleCodeOf(module: string, context: Context): Promise<Uint8Array> {
  const program = await programOf(module);
  return 'code' in program ? program.code : (await context.chain()).moduleCode(program.id);
}
