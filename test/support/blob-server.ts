import { newDirectory } from './devnet.js';
import { type Running, start } from './process.js';
import { hashOf } from './upload.js';

/** A blob server of a test's own, started by the command line. */
export class BlobServerProcess {
  private constructor(
    readonly url: string,
    readonly dir: string,
    private readonly flags: readonly string[],
    private process: Running,
  ) {}

  /** Starts it in a directory of its own at any free port; `flags` name the chain, or say that there is none. */
  static async start(flags: readonly string[]): Promise<BlobServerProcess> {
    const dir = await newDirectory();
    const [url, process] = await startAt(dir, 0, flags);
    return new BlobServerProcess(url, dir, flags, process);
  }

  /** Ends it by force. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.process.ended;
  }

  /** Starts it again, at the same address with the same directory. */
  async restart(flags = this.flags): Promise<void> {
    [, this.process] = await startAt(this.dir, Number(new URL(this.url).port), flags);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGINT');
    await this.process.ended;
  }

  /** Whether it has a blob, by its content or its name. */
  async has(blob: Uint8Array | string): Promise<boolean> {
    const hash = typeof blob === 'string' ? blob : hashOf(blob);
    const { status } = await fetch(`${this.url}/blobs/${hash}`, { method: 'HEAD' });
    if (status !== 200 && status !== 404) throw new Error(`${this.url} answers ${status}`);
    return status === 200;
  }
}

async function startAt(dir: string, port: number, flags: readonly string[]): Promise<[string, Running]> {
  const home = await newDirectory();
  const process = start(['blobs', 'start', '--home', home, '--dir', dir, '--port', String(port), ...flags]);
  const said = await process.says(/blobs at http:\S+(?=,)/, 90);
  return [said.slice('blobs at '.length), process];
}
