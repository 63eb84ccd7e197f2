import { randomBytes, scrypt } from 'node:crypto';
import { chmod, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createWallet, importWallet, kdfOf, sealWallet, unsealWallet } from '../cosmos/index.js';
import { InvalidMessageError, KeyExistsError, KeyLockedError, UnknownKeyError } from '../errors/index.js';
import type { Wallet } from '../port/signer.js';
import type { Address } from '../types/primitives.js';

/** How a keystore's files are protected, beside their mode 0600: `plain` ones hold the mnemonic as it is, for devnets only. */
export type Protection = { readonly password: string } | 'plain';

/** What a keystore tells about a key without opening it. */
export interface KeyInfo {
  readonly name: string;
  /** Of the key's first account. */
  readonly address: Address;
  readonly encrypted: boolean;
}

type KeyFile = { readonly address: Address } & ({ readonly sealed: string } | { readonly mnemonic: string });

const suffix = '.key.json';
const keyBytes = 32;
/** 64 MiB and about a quarter of a second on a small machine. */
const scryptCost = { N: 2 ** 16, r: 8, p: 1 };
const scryptMemory = 128 * 1024 * 1024;

/** Keys in a folder, one file each, owner-readable only. */
export class Keystore {
  constructor(
    readonly directory: string,
    readonly protection: Protection,
  ) {}

  /** Makes a new key. Throws `KeyExistsError`. */
  async create(name: string): Promise<Wallet> {
    const wallet = createWallet();
    await this.#store(name, wallet);
    return wallet;
  }

  /** Adds the key of a mnemonic. Throws `KeyExistsError`, `InvalidMessageError`. */
  async import(name: string, mnemonic: string): Promise<Wallet> {
    const wallet = importWallet(mnemonic);
    await this.#store(name, wallet);
    return wallet;
  }

  /** Opens a key. Throws `UnknownKeyError`, and `KeyLockedError` where the password is wrong or the file damaged. */
  async load(name: string): Promise<Wallet> {
    const file = await this.#read(name);
    if ('mnemonic' in file) return importWallet(file.mnemonic);
    if (this.protection === 'plain') throw new KeyLockedError(name, 'it is encrypted, give its password');
    try {
      const { params } = kdfOf(file.sealed);
      const key = await deriveKey(
        this.protection.password,
        Buffer.from(String(params.salt), 'hex'),
        costOf(params),
      );
      return await unsealWallet(file.sealed, key);
    } catch (cause) {
      throw new KeyLockedError(name, 'the password is wrong or the file damaged', cause);
    }
  }

  /** All keys in the order of their names. */
  async list(): Promise<KeyInfo[]> {
    const entries = await readdir(this.directory).catch(() => []);
    const names = entries
      .filter((entry) => entry.endsWith(suffix))
      .map((entry) => entry.slice(0, -suffix.length));
    return Promise.all(
      names.sort().map(async (name) => {
        const file = await this.#read(name);
        return { name, address: file.address, encrypted: 'sealed' in file };
      }),
    );
  }

  async #store(name: string, wallet: Wallet): Promise<void> {
    const path = this.#path(name);
    const { address } = await wallet.signer();
    const content: KeyFile = { address, ...(await this.#protect(wallet)) };
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await writeNew(path, `${JSON.stringify(content, undefined, 2)}\n`).catch((cause) => {
      throw cause.code === 'EEXIST' ? new KeyExistsError(name, this.directory, cause) : cause;
    });
  }

  async #protect(wallet: Wallet): Promise<{ sealed: string } | { mnemonic: string }> {
    if (this.protection === 'plain') return { mnemonic: wallet.mnemonic };
    const salt = randomBytes(16);
    const key = await deriveKey(this.protection.password, salt, scryptCost);
    const kdf = { algorithm: 'scrypt', params: { ...scryptCost, salt: salt.toString('hex') } };
    return { sealed: await sealWallet(wallet, key, kdf) };
  }

  async #read(name: string): Promise<KeyFile> {
    const text = await readFile(this.#path(name), 'utf8').catch((cause) => {
      throw cause.code === 'ENOENT' ? new UnknownKeyError(name, this.directory) : cause;
    });
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new KeyLockedError(name, 'its file is damaged', cause);
    }
  }

  #path(name: string): string {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/.test(name)) {
      throw new InvalidMessageError('key name', 'must be 1 to 64 letters, digits, - or _');
    }
    return join(this.directory, `${name}${suffix}`);
  }
}

/** Writes a file as a whole or not at all, and never over another one. */
async function writeNew(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, content, { mode: 0o600, flag: 'wx', flush: true });
    await chmod(draft, 0o600);
    await link(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

type Cost = typeof scryptCost;

const costOf = (params: Record<string, unknown>): Cost => ({
  N: Number(params.N),
  r: Number(params.r),
  p: Number(params.p),
});

const scryptAsync = promisify<string, Uint8Array, number, Cost & { maxmem: number }, Buffer>(scrypt);

async function deriveKey(password: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  return new Uint8Array(
    await scryptAsync(password.normalize('NFKC'), salt, keyBytes, { ...cost, maxmem: scryptMemory }),
  );
}
