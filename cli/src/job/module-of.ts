import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { publishModule } from '@dmcn/requester';
import type { Account, Context } from '../context.js';
import { UsageError } from '../errors.js';
import { readProgram } from '../files.js';

/** The id that an option names: a module on chain, or a file that is published unless the chain has it. */
export async function moduleIdOf(module: string, account: Account, context: Context): Promise<Uint8Array> {
  if (/^[0-9a-fA-F]{64}$/.test(module)) return Buffer.from(module, 'hex');
  await existing(module);
  const { moduleId, stored, deposit } = await publishModule(
    await context.chain(),
    await readProgram(module),
    {
      name: basename(module),
      royaltyBps: 0,
      signer: account.signer,
      signal: context.signal,
    },
  );
  if (stored) context.out.progress(`published ${module} against a deposit of ${deposit} udmc`);
  return moduleId;
}

/** The program that an option names: read from a file, or from the chain. */
export async function moduleCodeOf(module: string, context: Context): Promise<Uint8Array> {
  if (/^[0-9a-fA-F]{64}$/.test(module)) {
    return (await context.chain()).moduleCode(Buffer.from(module, 'hex'));
  }
  await existing(module);
  return readProgram(module);
}

async function existing(file: string): Promise<void> {
  await access(file).catch(() => {
    throw new UsageError(`${file} is neither a file nor the id of a module (64 hexadecimal digits)`);
  });
}
