import type { ChainClient } from '@dmcn/chain-client';
import { runWorker, type WorkerPorts } from '@dmcn/worker';
import { postAudits } from './audits.js';
import type { CheaterPart, Mask, Outside } from './cheater.js';

/**
 * The life of a worker behind a mask, to be led instead of `runWorker`: an honest worker in an altered world, and its
 * audits beside it. It ends at once when it is told to, whatever it holds.
 */
export function lifeOf({ mask }: CheaterPart, accomplice: Outside['accomplice']): typeof runWorker {
  return async (identity, ports, options, hooks) => {
    const ended = new AbortController();
    const stop = AbortSignal.any([hooks.stop, hooks.drain, ended.signal]);
    const outside = { identity, ports, accomplice };
    const worn = mask(outside);
    const never = new AbortController().signal;
    const life = runWorker(identity, disguised(ports, worn), options, { ...hooks, drain: never, stop });
    const audits = postAudits(outside, worn, hooks.onNotice, stop);
    await Promise.all([life, audits]).finally(() => ended.abort());
  };
}

/** The world as the honest worker behind a mask sees it. */
export function disguised(ports: WorkerPorts, { run, send }: Mask): WorkerPorts {
  const submit: ChainClient['submit'] = async (messages, options) => {
    // Nobody makes it show an input that refutes it.
    const kept = messages.filter(({ type }) => type !== 'postInput');
    const sent = send && kept.length > 0 ? await send(kept) : kept;
    if (sent.length === 0) return silence(options.signal);
    return ports.chain.submit(sent, options);
  };
  // Its audits are done beside it.
  const auditorAudits = async () => ({ items: [] });
  return {
    ...ports,
    ...(run && { executor: { run } }),
    chain: { ...ports.chain, submit, auditorAudits },
  };
}

/** What whoever waits for a message gets that is never sent. */
const silence = (signal?: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    else signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
