import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunRecord } from './record.js';

/** Keeps the records of runs in a folder, one file for each set and fingerprint. */
export class RecordStore {
  constructor(private readonly folder: string) {}

  async find(set: string, fingerprint: string): Promise<RunRecord | undefined> {
    const record = await this.#read(this.#file(set, fingerprint));
    return record?.fingerprint === fingerprint ? record : undefined;
  }

  /** Replaces the record in one step: whoever is stopped meanwhile leaves the one before. */
  async save(record: RunRecord): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = this.#file(record.set, record.fingerprint);
    await writeFile(`${file}.new`, JSON.stringify(record, null, 2));
    await rename(`${file}.new`, file);
  }

  /** The record of a set that was written last, whatever its fingerprint. */
  async latest(set: string): Promise<RunRecord | undefined> {
    const names = await readdir(this.folder).catch((): string[] => []);
    const files = names.filter((name) => name.startsWith(`${set}-`) && name.endsWith('.json'));
    const dated = await Promise.all(
      files.map(async (name) => {
        const file = path.join(this.folder, name);
        return { file, at: (await stat(file)).mtimeMs };
      }),
    );
    const [newest] = dated.toSorted((one, other) => other.at - one.at);
    return newest === undefined ? undefined : this.#read(newest.file);
  }

  #file(set: string, fingerprint: string): string {
    return path.join(this.folder, `${set}-${fingerprint.slice(0, 12)}.json`);
  }

  async #read(file: string): Promise<RunRecord | undefined> {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as RunRecord;
    } catch {
      return undefined;
    }
  }
}
