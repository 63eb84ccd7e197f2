import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptTx, TxJournal } from '@dmcn/requester';
import { writeDurably } from './durable.js';

/** Signed transactions of one chain that a home keeps until what came of them is noted, a file each. */
export function createTxJournal(home: string, chainId: string): TxJournal {
  const fileOf = (name: string) => join(home, 'journal', `${chainId}-${name}.json`);
  return {
    async recall(name) {
      const file = fileOf(name);
      try {
        return fromText(await readFile(file, 'utf8'));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new Error(
          `${file} cannot be read, so it is not known what was submitted; look with "dmcn job list --mine" before you remove it`,
          { cause },
        );
      }
    },
    keep: (name, tx) => writeDurably(fileOf(name), toText(tx)),
    forget: (name) => rm(fileOf(name), { force: true }),
  };
}

const toText = ({ bytes, ...rest }: KeptTx): string =>
  `${JSON.stringify({ ...rest, bytes: Buffer.from(bytes).toString('base64') })}\n`;

function fromText(text: string): KeptTx {
  const { bytes, expires, ...rest } = JSON.parse(text);
  return { ...rest, bytes: Uint8Array.from(Buffer.from(bytes, 'base64')), expires: new Date(expires) };
}
