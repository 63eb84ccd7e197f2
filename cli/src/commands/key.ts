import type { Command } from 'commander';
import { table } from '../output.js';
import { readLine } from '../read-line.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addKey(program: Command, makeContext: MakeContext): void {
  const key = noun(program, 'key', 'keys of accounts, encrypted unless they belong to a devnet');

  verb(key, 'add <name>', 'makes a new key and shows its mnemonic once', 'dmcn key add alice').action(
    async (name: string, options) => {
      const { keystore, out, json } = makeContext(options);
      const wallet = await (await keystore()).create(name);
      const { address } = await wallet.signer();
      const { mnemonic } = wallet;
      if (!json) out.progress('Write these words down. Whoever reads them owns the account:');
      out.result({ name, address, mnemonic }, () => `${mnemonic}\n\n${name}  ${address}`);
    },
  );

  verb(key, 'list', 'lists the keys', 'dmcn key list').action(async (options) => {
    const { keystore, out } = makeContext({ ...options });
    const keys = await (await keystore()).list();
    out.result(keys, () =>
      table(
        ['name', 'address'],
        keys.map(({ name, address }) => [name, address]),
      ),
    );
  });

  verb(key, 'show <name>', 'shows the address of a key', 'dmcn key show alice').action(
    async (name: string, options) => {
      const { signer, encryption } = await makeContext(options).account(name);
      const shown = { name, address: signer.address, encryptionKey: encryption.publicKey };
      makeContext(options).out.result(shown, () => signer.address);
    },
  );

  verb(key, 'export <name>', 'prints the mnemonic of a key', 'dmcn key export alice > alice.words').action(
    async (name: string, options) => {
      const { account, out } = makeContext(options);
      const { wallet, signer } = await account(name);
      out.result({ name, address: signer.address, mnemonic: wallet.mnemonic }, () => wallet.mnemonic);
    },
  );

  verb(
    key,
    'import <name>',
    'adds the key of a mnemonic read from stdin',
    'dmcn key import alice < alice.words',
  ).action(async (name: string, options) => {
    const { keystore, out } = makeContext(options);
    const mnemonic = await readLine('mnemonic: ');
    const { address } = await (await (await keystore()).import(name, mnemonic)).signer();
    out.result({ name, address }, () => `${name}  ${address}`);
  });
}
