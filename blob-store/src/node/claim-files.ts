import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Claim } from '../retention/retention.js';
import { isAbsent, syncDirectory } from './file-system.js';

const NAME = /^([0-9a-f]{64})\.([0-9a-z]{1,90})$/;

/** A claim with the time when it was last renewed, Unix milliseconds. */
export interface DatedClaim extends Claim {
  readonly atMs: number;
}

/** Claims as empty files, `dir/<first two digits>/<hash>.<account>`: whoever is killed leaves each there or not. */
export class ClaimFiles {
  constructor(readonly dir: string) {}

  async *list(): AsyncGenerator<DatedClaim> {
    await mkdir(this.dir, { recursive: true });
    for (const shard of await readdir(this.dir)) {
      for (const name of await readdir(join(this.dir, shard))) {
        const [, hash, account] = NAME.exec(name) ?? [];
        const found = await stat(join(this.dir, shard, name)).catch(() => undefined);
        if (hash && account && found) yield { hash, account, atMs: found.mtimeMs };
      }
    }
  }

  /** Makes or renews a claim, durably. */
  async put(claim: Claim, atMs: number): Promise<void> {
    const path = this.#pathOf(claim);
    await mkdir(dirname(path), { recursive: true });
    const isNew = await stat(path).then(
      () => false,
      (error: unknown) => isAbsent(error),
    );
    const file = await open(path, 'a');
    try {
      await file.utimes(atMs / 1_000, atMs / 1_000);
      await file.sync();
    } finally {
      await file.close();
    }
    if (isNew) await syncDirectory(dirname(path));
  }

  async remove(claim: Claim): Promise<void> {
    await rm(this.#pathOf(claim), { force: true });
  }

  #pathOf({ hash, account }: Claim): string {
    return join(this.dir, hash.slice(0, 2), `${hash}.${account}`);
  }
}
