import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encodingOf } from './site.js';

/** An answer as it goes over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer in the form that Node sends with the least work. */
export interface Sendable {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: string[];
  /** A character for each byte: Node writes such a text together with the headers, and a buffer after them. */
  readonly body: string;
}

export const sendable = ({ status, headers, body }: Answer, cache: 'hit' | 'miss'): Sendable => ({
  status,
  headers: Object.entries({ ...headers, 'content-length': `${body.length}`, 'x-cache': cache }).flat(),
  body: body.toString('latin1'),
});

export const send = (response: ServerResponse, { status, headers, body }: Sendable): void => {
  response.writeHead(status, headers);
  response.end(body, 'latin1');
};

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
