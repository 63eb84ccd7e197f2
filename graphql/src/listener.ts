import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Answer, encoded, send, sendable } from './answer.js';
import { AnswerCache } from './answer-cache.js';
import type { App } from './app.js';
import { questionOf } from './direct.js';
import type { Outcome } from './outcome.js';
import { MAX_BODY_BYTES } from './plugins/routes.js';
import { readBody } from './request-body.js';

const streams = /text\/event-stream|multipart\/mixed|text\/html/;

/** Whether it asks for one answer that may be kept; streams, pages and other requests are the API’s own matter. */
const isOperation = ({ method, url = '', headers }: IncomingMessage): boolean => {
  if (streams.test(headers.accept ?? '')) return false;
  if (method === 'POST')
    return url === '/graphql' && /^application\/json\b/.test(headers['content-type'] ?? '');
  return method === 'GET' && url.startsWith('/graphql?') && /[?&](query|extensions)=/.test(url);
};

/** What the answer depends on beside the height. */
const keyOf = ({ url = '', headers }: IncomingMessage, body: string): string =>
  `${url}\n${headers.accept ?? ''}\n${headers.origin ?? ''}\n${headers['x-min-height'] ?? ''}\n${headers['accept-encoding'] ?? ''}\n${body}`;

/** What the headers of an answer depend on. */
const clientOf = ({ headers }: IncomingMessage): string => `${headers.accept ?? ''}\n${headers.origin ?? ''}`;

/** Kinds of clients whose headers are remembered. */
const CLIENTS = 1_000;

const NO_BODY = Buffer.alloc(0);

const tooLarge = sendable(
  {
    status: 413,
    headers: { 'content-type': 'application/json', connection: 'close', 'access-control-allow-origin': '*' },
    body: Buffer.from(`{"errors":[{"message":"send a body of at most ${MAX_BODY_BYTES} bytes"}]}`),
  },
  'miss',
);

/** Answers requests: an answer of the same height to the same question is sent again without being worked out. */
export const listenerOf = (
  app: App,
  { cacheBytes }: { readonly cacheBytes?: number } = {},
): RequestListener => {
  const cache = new AnswerCache(cacheBytes);
  /** Headers of an answer, by what they depend on. */
  const known = new Map<string, Answer['headers']>();
  const encodingsOf = (request: IncomingMessage) => String(request.headers['accept-encoding'] ?? '');

  const workOutDirectly = (request: IncomingMessage, key: string, body: Buffer): Answer | undefined => {
    const headers = known.get(clientOf(request));
    const question =
      headers && request.headers['x-min-height'] === undefined ? questionOf(body.toString()) : undefined;
    const direct = question && app.direct.answer(question);
    if (direct === undefined || headers === undefined) return undefined;
    const answer = encoded({ status: 200, headers, body: Buffer.from(direct.text) }, encodingsOf(request));
    if (cacheBytes !== 0) cache.put(direct.height, key, answer);
    return answer;
  };

  const workOut = async (request: IncomingMessage, key: string, body: Buffer): Promise<Answer> => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && name !== 'accept-encoding') headers.set(name, value);
    }
    const { method = 'GET', url = '' } = request;
    if (method === 'POST') headers.set('content-length', `${body.length}`);
    const outcome: Outcome = { heights: [], failed: false, text: undefined };
    const response = await app.yoga.fetch(
      `http://${request.headers.host ?? 'localhost'}${url}`,
      { method, headers, ...(method === 'POST' && { body: new Uint8Array(body) }) },
      { outcome },
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
      const question = questionOf(body.toString());
      if (question !== undefined && outcome.text !== undefined) app.direct.learn(question.name, outcome.text);
      if (known.size < CLIENTS) known.set(clientOf(request), plain.headers);
    }
    return answer;
  };

  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const key = keyOf(request, body.toString('latin1'));
    const kept = cacheBytes === 0 ? undefined : cache.get(app.heights.inThisTurn(), key);
    if (kept !== undefined) {
      send(response, kept);
      return;
    }
    const direct = workOutDirectly(request, key, body);
    if (direct !== undefined) {
      send(response, sendable(direct, 'miss'));
      return;
    }
    workOut(request, key, body).then(
      (given) => send(response, sendable(given, 'miss')),
      () => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      },
    );
  };
  return (request, response) => {
    if (!isOperation(request)) app.yoga(request, response);
    else if (request.method !== 'POST') answer(request, response, NO_BODY);
    else
      readBody(request, MAX_BODY_BYTES, (body) => {
        if (body === undefined) send(response, tooLarge);
        else answer(request, response, body);
      });
  };
};
