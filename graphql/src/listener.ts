import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Answer, AnswerCache, encoded } from './answer-cache.js';
import type { App } from './app.js';
import { questionOf } from './direct.js';
import type { Outcome } from './outcome.js';
import { MAX_BODY_BYTES } from './plugins/routes.js';

const streams = /text\/event-stream|multipart\/mixed|text\/html/;

/** Whether it asks for one answer that may be kept; streams, pages and other requests are the API’s own matter. */
const isOperation = ({ method, url = '', headers }: IncomingMessage): boolean => {
  if (streams.test(headers.accept ?? '')) return false;
  if (method === 'POST')
    return url === '/graphql' && /^application\/json\b/.test(headers['content-type'] ?? '');
  return method === 'GET' && url.startsWith('/graphql?') && url.includes('query=');
};

/** What the answer depends on beside the height. */
const keyOf = ({ url = '', headers }: IncomingMessage, body: string): string =>
  `${url}\n${headers.accept ?? ''}\n${headers.origin ?? ''}\n${headers['x-min-height'] ?? ''}\n${headers['accept-encoding'] ?? ''}\n${body}`;

/** What the headers of an answer depend on. */
const clientOf = ({ headers }: IncomingMessage): string => `${headers.accept ?? ''}\n${headers.origin ?? ''}`;

/** Kinds of clients whose headers are remembered. */
const CLIENTS = 1_000;

const send = (response: ServerResponse, { status, headers, body }: Answer, cache: 'hit' | 'miss'): void => {
  response.writeHead(status, { ...headers, 'content-length': body.length, 'x-cache': cache });
  response.end(body);
};

/** The body as text; undefined for one that is too large. */
const bodyOf = (request: IncomingMessage): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const take = (part: Buffer) => {
      length += part.length;
      parts.push(part);
      if (length <= MAX_BODY_BYTES) return;
      request.off('data', take);
      request.resume();
      resolve(undefined);
    };
    request.on('data', take);
    request.once('end', () =>
      resolve((parts.length === 1 ? parts[0] : Buffer.concat(parts))?.toString('utf8')),
    );
    request.once('error', reject);
  });

const tooLarge: Answer = {
  status: 413,
  headers: { 'content-type': 'application/json', connection: 'close', 'access-control-allow-origin': '*' },
  body: Buffer.from(`{"errors":[{"message":"send a body of at most ${MAX_BODY_BYTES} bytes"}]}`),
};

/** Answers requests: an answer of the same height to the same question is sent again without being worked out. */
export const listenerOf = (
  app: App,
  { cacheBytes }: { readonly cacheBytes?: number } = {},
): RequestListener => {
  const cache = new AnswerCache(cacheBytes);
  /** Headers of an answer, by what they depend on. */
  const known = new Map<string, Answer['headers']>();
  const encodingsOf = (request: IncomingMessage) => String(request.headers['accept-encoding'] ?? '');

  const workOutDirectly = (request: IncomingMessage, key: string, body: string): Answer | undefined => {
    const headers = known.get(clientOf(request));
    const question = headers && request.headers['x-min-height'] === undefined ? questionOf(body) : undefined;
    const direct = question && app.direct?.answer(question);
    if (direct === undefined || headers === undefined) return undefined;
    const answer = encoded({ status: 200, headers, body: Buffer.from(direct.text) }, encodingsOf(request));
    if (cacheBytes !== 0) cache.put(direct.height, key, answer);
    return answer;
  };

  const workOut = async (request: IncomingMessage, key: string, body: string): Promise<Answer> => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && name !== 'accept-encoding') headers.set(name, value);
    }
    if (request.method === 'POST') headers.set('content-length', `${Buffer.byteLength(body)}`);
    const outcome: Outcome = { heights: [], failed: false };
    const init = { method: request.method ?? 'GET', headers, ...(request.method === 'POST' && { body }) };
    const response = await app.yoga.fetch(
      `http://${request.headers.host ?? 'localhost'}${request.url}`,
      init,
      {
        outcome,
      },
    );
    const plain: Answer = {
      status: response.status,
      headers: { ...Object.fromEntries(response.headers), vary: 'accept, accept-encoding, origin' },
      body: Buffer.from(await response.arrayBuffer()),
    };
    const answer = encoded(plain, encodingsOf(request));
    const [height, other] = outcome.heights;
    if (!outcome.failed && answer.status === 200 && height !== undefined && other === undefined) {
      if (cacheBytes !== 0) cache.put(height, key, answer);
      const question = questionOf(body);
      if (question !== undefined) app.direct?.learn(question.query);
      if (known.size < CLIENTS) known.set(clientOf(request), plain.headers);
    }
    return answer;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = request.method === 'POST' ? await bodyOf(request) : '';
    if (body === undefined) {
      send(response, tooLarge, 'miss');
      return;
    }
    const key = keyOf(request, body);
    const kept = cacheBytes === 0 ? undefined : cache.get(app.heights.current(), key);
    if (kept !== undefined) send(response, kept, 'hit');
    else send(response, workOutDirectly(request, key, body) ?? (await workOut(request, key, body)), 'miss');
  };
  return (request, response) => {
    if (!isOperation(request)) {
      app.yoga(request, response);
      return;
    }
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
};
