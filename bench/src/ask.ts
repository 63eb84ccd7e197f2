import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program of the bench in a process of its own, which answers one question after the other. */
export class Answerer<Q, A> {
  readonly #child: ChildProcess;

  /** @param file its built file, from this folder */
  constructor(file: string, execArgv: readonly string[] = []) {
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
      execArgv: [...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** Rejects with what the program failed at, or where it ends without an answer. */
  ask(question: Q): Promise<A> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null, signal: string | null): void =>
        reject(new Error(`the process that measures ended by itself (${signal ?? code})`));
      child.once('exit', onExit);
      child.once('message', (message: { answer: A } | { error: string }) => {
        child.off('exit', onExit);
        if ('error' in message) reject(new Error(message.error));
        else resolve(message.answer);
      });
      child.send(question as object);
    });
  }

  close(): void {
    this.#child.kill();
  }
}

/** The other side: answers the questions of the parent process, until that goes. */
export function answering<Q, A>(answer: (question: Q) => Promise<A>): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (given) => process.send?.({ answer: given }),
      (error: Error) => process.send?.({ error: error.message }),
    );
  });
  process.on('disconnect', () => process.exit());
}
