import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidMessageError, KeyExistsError, KeyLockedError, UnknownKeyError } from '../errors/index.js';
import { Keystore } from './keystore.js';

let directory: string;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'keystore-')), 'keys');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe.each([
  ['plain', 'plain' as const],
  ['encrypted', { password: 'correct horse' }],
])('a %s keystore', (_, protection) => {
  it('gives back the key it made, from files that only their owner can read', async () => {
    const wallet = await new Keystore(directory, protection).create('alice');
    const again = await new Keystore(directory, protection).load('alice');
    expect(again.mnemonic).toBe(wallet.mnemonic);
    const { address } = await wallet.signer();
    const keystore = new Keystore(directory, protection);
    expect(await keystore.list()).toEqual([{ name: 'alice', address, encrypted: protection !== 'plain' }]);
    expect(await readdir(directory)).toEqual(['alice.key.json']);
    expect((await stat(join(directory, 'alice.key.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    const text = await readFile(join(directory, 'alice.key.json'), 'utf8');
    expect(text.includes(wallet.mnemonic)).toBe(protection === 'plain');
  });

  it('imports a mnemonic, and never overwrites a key', async () => {
    const keystore = new Keystore(directory, protection);
    const { mnemonic } = await keystore.create('alice');
    await keystore.import('copy', mnemonic);
    await expect(keystore.create('alice')).rejects.toThrow(KeyExistsError);
    expect((await keystore.load('alice')).mnemonic).toBe(mnemonic);
    const [alice, copy] = await keystore.list();
    expect(alice?.address).toBe(copy?.address);
  });

  it('tells which keys there are not, and refuses names that lead elsewhere', async () => {
    const keystore = new Keystore(directory, protection);
    expect(await keystore.list()).toEqual([]);
    await expect(keystore.load('bob')).rejects.toThrow(UnknownKeyError);
    for (const name of ['', '../bob', 'a/b', '.hidden', 'x'.repeat(65)]) {
      await expect(keystore.create(name)).rejects.toThrow(InvalidMessageError);
    }
  });

  it('tells that a file is damaged', async () => {
    const keystore = new Keystore(directory, protection);
    await keystore.create('alice');
    await writeFile(join(directory, 'alice.key.json'), '{"address":');
    await expect(keystore.load('alice')).rejects.toThrow(KeyLockedError);
  });
});

describe('an encrypted key', () => {
  it('does not open with another password, or without one', async () => {
    await new Keystore(directory, { password: 'right' }).create('alice');
    await expect(new Keystore(directory, { password: 'wrong' }).load('alice')).rejects.toThrow(
      KeyLockedError,
    );
    await expect(new Keystore(directory, 'plain').load('alice')).rejects.toThrow(KeyLockedError);
  });
});
