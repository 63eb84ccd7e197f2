import { outputHashes } from '../api/output-hashes.js';
import { manifestOf, type Shape, shapeOf } from '../model/outputs.js';

/** What the bytes of a unit turned out to be: those that the chain knows, others, or not checked for want of either. */
export type Check = 'as on the chain' | 'not what the chain has' | 'not checked';

export interface Output {
  readonly index: number;
  readonly name: string;
  readonly status: string;
  readonly size: number;
  readonly shape: Shape;
  /** Of an image: where the browser finds it, until the page is left. */
  readonly url?: string;
  readonly check: Check;
}

export interface Outputs {
  readonly total: number;
  readonly outputs: readonly Output[];
}

/** The files are none that belong to the job. */
export class OutputsError extends Error {
  override readonly name = 'OutputsError';
}

const MOST = 256;

async function hexDigest(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  // Only pages from this machine, or over TLS, are given it.
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const checked = (digest: string | undefined, known: string | undefined): Check => {
  if (digest === undefined || known === undefined) return 'not checked';
  return digest === known ? 'as on the chain' : 'not what the chain has';
};

/** Reads a job's output directory and compares it with the chain. Nothing leaves the browser. Throws `OutputsError`. */
export async function readOutputs(
  files: readonly File[],
  jobId: string,
  signal: AbortSignal,
): Promise<Outputs> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const listed = byName.get('manifest.json');
  if (!listed)
    throw new OutputsError(
      'There is no manifest.json among these files. Choose the directory that was given as --output.',
    );
  const manifest = manifestOf(await listed.text());
  if (!manifest)
    throw new OutputsError('This manifest.json is none of a job. Fetch the job again with dmcn job fetch.');
  if (manifest.jobId !== jobId)
    throw new OutputsError(
      `These are the outputs of job ${manifest.jobId}. This page is about job ${jobId}.`,
    );
  const known = await outputHashes(jobId, MOST, signal);
  const outputs = await Promise.all(
    manifest.units.slice(0, MOST).map(async ({ name, status }, index): Promise<Output | undefined> => {
      const file = byName.get(`${name}.out`);
      if (!file) return undefined;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const shape = shapeOf(bytes);
      const check = checked(await hexDigest(bytes), known.get(index));
      const url =
        shape.kind === 'image' ? { url: URL.createObjectURL(new Blob([bytes], { type: shape.type })) } : {};
      return { index, name, status, size: file.size, shape, check, ...url };
    }),
  );
  return { total: manifest.units.length, outputs: outputs.filter((output) => output !== undefined) };
}
