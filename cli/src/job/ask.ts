import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { hashBlob } from '@dmcn/blob-store';
import { type JobModule, type JobRequest, prepareInputs } from '@dmcn/requester';
import type { Account, Context } from '../context.js';
import { UsageError } from '../errors.js';
import { readInputs } from '../files.js';
import { toJson } from '../output.js';
import { choicesOf, type JobFlags } from './choices.js';
import { programOf } from './module-of.js';

/** What a command line asks of the network. */
export interface Ask extends JobRequest {
  /** Names of the inputs in the order of the units. */
  readonly names: readonly string[];
  /** The same for two command lines that ask for the same work; where to store inputs and what to pay at most aside. */
  readonly digest: string;
}

/** Reads module, inputs and choices; asks nobody. */
export async function readAsk(flags: JobFlags, account: Account, context: Context): Promise<Ask> {
  const inputs = prepareInputs(await readInputs(flags));
  const locators = flags.blobs ?? context.config.blobs;
  if (locators === undefined) throw new UsageError('no blob store is known; name one with --blobs URL');
  const module = await moduleOf(flags.module);
  const choices = choicesOf(flags);
  const names = inputs.inputs.map(({ name }) => name);
  const asked = [account.signer.address, module.id, inputs.root, names, choices];
  const digest = createHash('sha256').update(toJson(asked)).digest('hex');
  const { maxTotal } = flags;
  return { module, inputs, choices, locators, names, digest, ...(maxTotal !== undefined && { maxTotal }) };
}

async function moduleOf(text: string): Promise<JobModule> {
  const program = await programOf(text);
  if ('id' in program) return program;
  return { id: hashBlob(program.code), code: program.code, name: basename(text).slice(0, 64) };
}
