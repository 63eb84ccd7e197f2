import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encodingOf } from './site.js';

/** An answer as it goes over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Bytes from which an answer is compressed. */
const WORTHWHILE = 1_024;
const BROTLI_QUALITY = 4;

const squeeze = {
  br: (body: Buffer) =>
    brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (body: Buffer) => gzipSync(body),
};

/** The answer for a client that takes these encodings. */
export const encoded = (answer: Answer, accepted: string): Answer => {
  const encoding = answer.body.length < WORTHWHILE ? undefined : encodingOf(accepted);
  if (encoding === undefined) return answer;
  const body = squeeze[encoding](answer.body);
  return { ...answer, body, headers: { ...answer.headers, 'content-encoding': encoding } };
};

const LIMIT_BYTES = 64 * 1024 * 1024;

/** Answers by what was asked, all of one height: the next height empties it. */
export class AnswerCache {
  readonly #limit: number;
  #height = 0;
  #bytes = 0;
  #answers = new Map<string, Answer>();

  constructor(limit = LIMIT_BYTES) {
    this.#limit = limit;
  }

  get(height: number, key: string): Answer | undefined {
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
    this.#answers.set(key, answer);
  }

  get size(): number {
    return this.#answers.size;
  }
}
