import type { Plugin } from 'graphql-yoga';
import { healthOf } from '../health.js';
import type { IndexReader } from '../index-reader.js';
import type { Site } from '../site.js';

/** Of a request. */
export const MAX_BODY_BYTES = 64 * 1024;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>dmcn</title>
<h1>dmcn</h1>
<p>The indexed chain, for reading.
<ul>
<li><a href="/graphql">/graphql</a>: the API
<li><a href="/health">/health</a>: how far the index is
<li><a href="/ready">/ready</a>: 503 until it has caught up
</ul>
`;

/** The pages beside the API, and the refusal of bodies that are larger than any operation. */
export const routes = (index: IndexReader, site: Site | undefined): Plugin => ({
  onRequest: ({ request, url, fetchAPI, endResponse }) => {
    const answer = (status: number, body: object) => {
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
      endResponse(fetchAPI.Response.json(body, { status, headers }));
    };
    if (request.method === 'POST') {
      const length = Number(request.headers.get('content-length') ?? Number.NaN);
      const message = `send a body of at most ${MAX_BODY_BYTES} bytes, with its content-length`;
      if (!(length <= MAX_BODY_BYTES)) answer(413, { errors: [{ message }] });
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return;
    switch (url.pathname) {
      case '/graphql': {
        const wrong = ['variables', 'extensions'].find((name) => !isJson(url.searchParams.get(name)));
        const message = `${wrong} of the address is no JSON`;
        if (wrong !== undefined) answer(400, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
        return;
      }
      case '/live':
        return;
      case '/health': {
        const health = healthOf(index);
        answer(health.status === 'no index yet' ? 503 : 200, health);
        return;
      }
      case '/ready': {
        const health = healthOf(index);
        answer(health.status === 'ok' ? 200 : 503, health);
        return;
      }
      default: {
        const found = site?.answer(url.pathname, request.headers);
        if (found !== undefined) {
          const { body, ...init } = found;
          endResponse(new fetchAPI.Response(body, init));
        } else if (url.pathname === '/') {
          const headers = { 'content-type': 'text/html; charset=utf-8' };
          endResponse(new fetchAPI.Response(page, { status: 200, headers }));
        } else {
          answer(404, { message: `nothing is at ${url.pathname}; the API is at /graphql` });
        }
      }
    }
  },
});

const isJson = (text: string | null): boolean => {
  if (!text) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
