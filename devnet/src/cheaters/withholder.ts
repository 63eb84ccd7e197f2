import { randomBytes } from 'node:crypto';
import type { Message } from '@dmcn/chain-client';
import { CHEAP, type Cheater } from './cheater.js';

export const withholder: Cheater = {
  does: 'commits, opens nothing, and gives the key of its leaves to nobody',
  caught:
    'a selected batch that is not opened is drawn again; half of its bond goes to the auditors that posted, the rest is burned',
  parts: {
    worker: {
      flags: CHEAP,
      mask: ({ identity: { owner } }) => ({
        send: async (messages) =>
          messages.filter(({ type }) => type !== 'open').map((message) => withoutKeys(message, owner)),
      }),
    },
  },
};

/** Others get keys that open nothing, which nobody can tell from outside. */
function withoutKeys(message: Message, owner: string): Message {
  if (message.type !== 'commit') return message;
  const wrappedKeys = message.wrappedKeys.map((key) =>
    key.kind === 0 && key.recipient !== owner
      ? { ...key, data: new Uint8Array(randomBytes(key.data.length)) }
      : key,
  );
  return { ...message, wrappedKeys };
}
