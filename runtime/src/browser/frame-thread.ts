import type { FromHost } from '../executor/unit-host.js';
import type { StartThread } from './thread.js';

/** Milliseconds between two questions whether a frame is still there. No event tells the page that the process of one has died. */
const TICK_MS = 500;
/** So many questions without an answer mean that it is not. They are counted, not timed: a device that slept has asked nothing. */
const MOST_SILENT = 12;

/** What a frame's document may do: run the script that it is sent, in a Web Worker, and nothing else. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:";

/** Starts the script that comes with a port, and hands its messages on. */
const FRAME_SCRIPT = `addEventListener('message', ({ data, ports: [port] }) => {
  const say = (kind) => (event) => port.postMessage({ kind, data: event.data, message: event.message });
  const worker = new Worker(URL.createObjectURL(new Blob([data], { type: 'text/javascript' })));
  worker.onmessage = say('answer');
  worker.onerror = worker.onmessageerror = say('failure');
  port.onmessage = ({ data }) => data === 'there?' ? port.postMessage({ kind: 'there' }) : worker.postMessage(data);
}, { once: true });`;

type FromFrame =
  | { readonly kind: 'there' }
  | { readonly kind: 'answer'; readonly data: FromHost }
  | { readonly kind: 'failure'; readonly message?: string };

/**
 * Threads that are Web Workers of a sandboxed frame. The frame has an origin of its own, so nothing that the page's origin keeps can be
 * reached from it, and may load nothing from a network. Chromium gives it a process, which ends with it.
 * @param script - where the page fetches `worker.ts`, bundled into one classic script: no browser starts a module that such a frame made
 */
export function frameThreads(script: string | URL): StartThread {
  let loading: Promise<string> | undefined;
  return ({ onAnswer, onFailure }) => {
    const { port1: port, port2: far } = new MessageChannel();
    const frame = document.createElement('iframe');
    let silent = 0;
    const timer = setInterval(() => {
      if (++silent > MOST_SILENT)
        fail("its frame does not answer: its process died, or the page's Content-Security-Policy forbids it");
      else port.postMessage('there?');
    }, TICK_MS);
    const terminate = (): void => {
      clearInterval(timer);
      port.onmessage = null;
      port.close();
      frame.remove();
    };
    const fail = (why: string): void => {
      terminate();
      onFailure(why);
    };
    port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
      silent = 0;
      if (data.kind === 'answer') onAnswer(data.data);
      else if (data.kind === 'failure') fail(data.message || 'its script cannot be loaded');
    };
    frame.sandbox.add('allow-scripts');
    frame.hidden = true;
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>${FRAME_SCRIPT}</script>`;
    frame.onload = () => {
      loading ??= textOf(script);
      loading.then(
        (text) => frame.contentWindow?.postMessage(text, '*', [far]),
        (error: unknown) => {
          loading = undefined;
          fail(`its script cannot be loaded: ${String(error)}`);
        },
      );
    };
    document.documentElement.append(frame);
    return { post: (message) => port.postMessage(message), terminate };
  };
}

async function textOf(script: string | URL): Promise<string> {
  const response = await fetch(script);
  if (!response.ok) throw new Error(`${script} was answered with status ${response.status}`);
  return response.text();
}
