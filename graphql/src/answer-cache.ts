import type { Answer, Sendable } from './answer.js';
import { sendable } from './answer.js';

const LIMIT_BYTES = 64 * 1024 * 1024;

/** Answers by what was asked, all of one height: the next height empties it. */
export class AnswerCache {
  readonly #limit: number;
  #height = 0;
  #bytes = 0;
  #answers = new Map<string, Sendable>();

  constructor(limit = LIMIT_BYTES) {
    this.#limit = limit;
  }

  get(height: number, key: string): Sendable | undefined {
    return height === this.#height ? this.#answers.get(key) : undefined;
  }

  /** Keeps an answer of a height; one that is over is not kept. */
  put(height: number, key: string, answer: Answer): void {
    if (height < this.#height) return;
    if (height > this.#height) {
      this.#answers = new Map();
      this.#bytes = 0;
      this.#height = height;
    }
    const bytes = answer.body.length + key.length;
    if (this.#bytes + bytes > this.#limit || this.#answers.has(key)) return;
    this.#bytes += bytes;
    this.#answers.set(key, sendable(answer, 'hit'));
  }

  get size(): number {
    return this.#answers.size;
  }
}
