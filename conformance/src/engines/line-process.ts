import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const STDERR_KEPT = 2_000;

/** A child process that answers each line with one line, in order. */
export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<string>;
  #stderr = '';

  constructor(command: readonly string[]) {
    const [program = '', ...args] = command;
    this.#child = spawn(program, args);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve(error.message));
      this.#child.on('close', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
    });
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(0, STDERR_KEPT);
    });
  }

  send(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** The next answer. Rejects, and ends the process, if none comes within so many milliseconds. */
  async receive(timeLimit: number): Promise<string> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#child.kill('SIGKILL');
    }, timeLimit);
    try {
      const { done, value } = await this.#lines.next();
      if (!done && !late) return value;
    } finally {
      clearTimeout(timer);
    }
    const end = await this.end();
    if (late) throw new Error(`no answer within ${timeLimit / 1_000} s`);
    const [said] = this.#stderr.trim().split('\n');
    throw new Error(said ? `${end}: ${said}` : end);
  }

  /** Ends the process, and resolves once it is gone with how it ended. */
  end(): Promise<string> {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }
}
