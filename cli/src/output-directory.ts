import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '@dmcn/requester';

const OWNER = '.dmcn-job.json';
const MANIFEST = 'manifest.json';

/** An output directory holds something else. */
export class OutputDirectoryError extends Error {
  override readonly name = 'OutputDirectoryError';
}

/** Where the results of one job go: `NAME.out` for each unit and `manifest.json`. */
export class OutputDirectory {
  private constructor(readonly path: string) {}

  /** An empty directory, made where it does not exist. @throws OutputDirectoryError */
  static async empty(path: string): Promise<OutputDirectory> {
    await mkdir(path, { recursive: true });
    const owner = await ownerOf(path);
    if (owner) {
      throw new OutputDirectoryError(
        `${path} has results of job ${owner.jobId}; resume that with "dmcn job fetch ${owner.jobId} --output ${path}" or choose another directory`,
      );
    }
    if ((await readdir(path)).length > 0)
      throw new OutputDirectoryError(`${path} is not empty; choose another directory`);
    return new OutputDirectory(path);
  }

  /** A directory that is empty or belongs to the job. @throws OutputDirectoryError */
  static async ofJob(path: string, chainId: string, jobId: bigint): Promise<OutputDirectory> {
    await mkdir(path, { recursive: true });
    const owner = await ownerOf(path);
    if (owner?.jobId !== String(jobId) || owner.chainId !== chainId) {
      const directory = await OutputDirectory.empty(path);
      await directory.claim(chainId, jobId);
      return directory;
    }
    return new OutputDirectory(path);
  }

  /** Marks the directory as that of a job. */
  async claim(chainId: string, jobId: bigint): Promise<void> {
    await this.write(OWNER, `${JSON.stringify({ chainId, jobId: String(jobId) })}\n`);
  }

  async putOutput(name: string, output: Uint8Array): Promise<void> {
    await this.write(`${name}.out`, output);
  }

  async putManifest(manifest: Manifest): Promise<void> {
    await this.write(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }

  /** Writes a file as a whole or not at all. */
  private async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.path, name);
    await writeFile(`${path}.part`, content);
    await rename(`${path}.part`, path);
  }
}

async function ownerOf(path: string): Promise<{ chainId: string; jobId: string } | undefined> {
  try {
    return JSON.parse(await readFile(join(path, OWNER), 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OutputDirectoryError(`${join(path, OWNER)} cannot be read; choose another directory`, {
      cause,
    });
  }
}
