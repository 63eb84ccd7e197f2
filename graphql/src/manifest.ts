import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a page that is built names the operations that it asks. */
const MANIFEST = 'operations.json';

/** Operations by their hash, of their texts. */
export const byHash = (texts: Iterable<string>): ReadonlyMap<string, string> =>
  new Map(Array.from(texts, (text) => [createHash('sha256').update(text).digest('hex'), text]));

/** The operations of the page in a directory; none where there is no page, or one that names none. */
export const operationsOf = (siteDir: string): ReadonlyMap<string, string> => {
  const path = join(siteDir, MANIFEST);
  return existsSync(path) ? readManifest(path) : new Map();
};

/**
 * Reads operations from a file: `{hash: text}`, as gql.tada and GraphQL Code Generator write it, or Apollo's
 * `{operations: [{id, body}]}`. Hashes are made anew of the texts. Throws `ManifestError`.
 */
export const readManifest = (path: string): ReadonlyMap<string, string> => {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ManifestError(path, (cause as Error).message, { cause });
  }
  const { operations } = (found ?? {}) as { readonly operations?: unknown };
  const texts = Array.isArray(operations) ? operations.map((each) => each?.body) : Object.values(found ?? {});
  if (!texts.every((text) => typeof text === 'string'))
    throw new ManifestError(path, 'not all of it is text');
  return byHash(texts);
};

/** A file that should name operations does not. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `${path} is no list of operations: ${reason}; it has to be {"<SHA-256>": "<text>"} in JSON`,
      options,
    );
  }
}
