import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '@dmcn/requester';
import { toJson } from './output.js';

const OWNER = '.dmcn-job.json';
const MANIFEST = 'manifest.json';
const RECEIPT = 'receipt.json';

/** An output directory holds something else, or cannot be written. */
export class OutputDirectoryError extends Error {
  override readonly name = 'OutputDirectoryError';
}

/** Which job an output directory belongs to. */
export interface Owner {
  readonly chainId: string;
  readonly jobId: string;
  /** Digest of what was asked for, where the job was submitted for this directory. */
  readonly ask?: string;
}

/** Where the results of one job go: `NAME.out` for each unit, `manifest.json` and `receipt.json`. */
export class OutputDirectory {
  private constructor(
    /** As the user named it. */
    readonly path: string,
    /** The same for every way to name it. */
    readonly realPath: string,
    readonly owner: Owner | undefined,
  ) {}

  /**
   * A directory that is empty or belongs to a job, made where it does not exist.
   * @throws OutputDirectoryError where it has something else in it, or cannot be written
   */
  static async open(path: string): Promise<OutputDirectory> {
    const real = await mkdir(path, { recursive: true }).then(
      () => realpath(path),
      (cause) => {
        throw unwritable(path, cause);
      },
    );
    const directory = new OutputDirectory(path, real, await ownerOf(path));
    await directory.tryToWrite();
    if (directory.owner === undefined && (await readdir(path)).length > 0)
      throw new OutputDirectoryError(`${path} is not empty; choose another directory`);
    return directory;
  }

  /** A directory that is empty or belongs to the job, which it is marked with. @throws OutputDirectoryError */
  static async ofJob(path: string, chainId: string, jobId: bigint): Promise<OutputDirectory> {
    const directory = await OutputDirectory.open(path);
    if (directory.owner === undefined) await directory.claim({ chainId, jobId: String(jobId) });
    else directory.refuseUnless(directory.isOf(chainId, jobId));
    return directory;
  }

  isOf(chainId: string, jobId: bigint): boolean {
    return this.owner?.jobId === String(jobId) && this.owner.chainId === chainId;
  }

  /** Throws OutputDirectoryError unless its owner is the right one. */
  refuseUnless(isRight: boolean): void {
    if (isRight || this.owner === undefined) return;
    const { jobId } = this.owner;
    throw new OutputDirectoryError(
      `${this.path} has results of job ${jobId}; resume that with "dmcn job fetch ${jobId} --output ${this.path}" or choose another directory`,
    );
  }

  /** Marks the directory as that of a job. */
  async claim(owner: Owner): Promise<void> {
    await this.write(OWNER, `${JSON.stringify(owner)}\n`);
  }

  async putOutput(name: string, output: Uint8Array): Promise<void> {
    await this.write(`${name}.out`, output);
  }

  /** Whether the output of a name is there and has that hash. */
  async hasOutput(name: string, sha256: Uint8Array): Promise<boolean> {
    const output = await readFile(join(this.path, `${name}.out`)).catch(() => undefined);
    return output !== undefined && createHash('sha256').update(output).digest().equals(sha256);
  }

  /** The manifest that was written before, if there is one that can be read. */
  async manifest(): Promise<Manifest | undefined> {
    const text = await readFile(join(this.path, MANIFEST), 'utf8').catch(() => '');
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  async putManifest(manifest: Manifest): Promise<void> {
    await this.write(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }

  async putReceipt(receipt: unknown): Promise<void> {
    await this.write(RECEIPT, `${JSON.stringify(JSON.parse(toJson(receipt)), undefined, 2)}\n`);
  }

  /** Writes a file as a whole or not at all. */
  private async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.path, name);
    try {
      await writeFile(`${path}.part`, content);
      await rename(`${path}.part`, path);
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  /** Finds out before anything is paid that nothing can be written. */
  private async tryToWrite(): Promise<void> {
    const path = join(this.path, `${OWNER}.part`);
    try {
      await writeFile(path, '');
      await rm(path);
    } catch (cause) {
      throw unwritable(this.path, cause);
    }
  }
}

const unwritable = (path: string, cause: unknown) =>
  new OutputDirectoryError(`${path} cannot be written; make room or give the right to write there`, {
    cause,
  });

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(path, OWNER), 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OutputDirectoryError(`${join(path, OWNER)} cannot be read; choose another directory`, {
      cause,
    });
  }
}
