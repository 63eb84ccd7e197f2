// The primitives that expected values are computed with: node:crypto and textbook arithmetic, nothing of the packages
// that the vectors test.
import {
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
} from 'node:crypto';

const X25519_PRIVATE = Buffer.from('302e020100300506032b656e04220420', 'hex');
const X25519_PUBLIC = Buffer.from('302a300506032b656e032100', 'hex');

export const cat = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const sha256 = (...parts) => createHash('sha256').update(cat(...parts)).digest();

/** A big-endian integer of `length` bytes. */
export const be = (length, value) => Buffer.from(BigInt(value).toString(16).padStart(2 * length, '0'), 'hex');

/** Any number of made-up bytes, the same ones for the same label. */
export function made(label, length) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(label, be(4, i)));
  return cat(...blocks).subarray(0, length);
}

/** RFC 6962 level by level: pairs are joined, an odd one out moves up. Gives every level from the leaves to the root. */
function levels(items) {
  const all = [items.map((item) => sha256([0], item))];
  while (all.at(-1).length > 1) {
    const below = all.at(-1);
    const above = [];
    for (let i = 0; i < below.length; i += 2) {
      above.push(i + 1 < below.length ? sha256([1], below[i], below[i + 1]) : below[i]);
    }
    all.push(above);
  }
  return all;
}

export const merkleRoot = (items) => (items.length === 0 ? sha256('') : levels(items).at(-1)[0]);

export function merkleProof(items, index) {
  const all = levels(items);
  const aunts = [];
  all.slice(0, -1).forEach((level, height) => {
    const sibling = level[(index >> height) ^ 1];
    if (sibling !== undefined) aunts.push(hex(sibling));
  });
  return { total: String(items.length), index: String(index), leafHash: hex(all[0][index]), aunts };
}

/** ChaCha20-Poly1305, ciphertext and tag joined. */
export function aead(key, nonce, associated, plaintext) {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: plaintext.length });
  return cat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

const hmac = (key, ...parts) => createHmac('sha256', key).update(cat(...parts)).digest();
const extract = (suite, salt, label, ikm) => hmac(salt, 'HPKE-v1', suite, label, ikm);
// Every expansion here is at most one block of SHA-256.
const expand = (suite, prk, label, info, length) =>
  hmac(prk, be(2, length), 'HPKE-v1', suite, label, info, [1]).subarray(0, length);
const KEM = cat('KEM', be(2, 0x20));
const HPKE = cat('HPKE', be(2, 0x20), be(2, 1), be(2, 3));

const privateKey = (raw) =>
  createPrivateKey({ key: cat(X25519_PRIVATE, raw), format: 'der', type: 'pkcs8' });
const publicKey = (raw) => createPublicKey({ key: cat(X25519_PUBLIC, raw), format: 'der', type: 'spki' });

export const x25519Public = (raw) =>
  createPublicKey(privateKey(raw)).export({ format: 'der', type: 'spki' }).subarray(X25519_PUBLIC.length);

/** RFC 9180 DeriveKeyPair: the private key of a seed. */
export const x25519Derive = (seed) => expand(KEM, extract(KEM, '', 'dkp_prk', seed), 'sk', '', 32);

/** RFC 9180 base mode with a given ephemeral key: `enc || ct`. */
export function hpkeSeal(ephemeral, recipient, info, plaintext) {
  const enc = x25519Public(ephemeral);
  const dh = diffieHellman({ privateKey: privateKey(ephemeral), publicKey: publicKey(recipient) });
  const shared = expand(KEM, extract(KEM, '', 'eae_prk', dh), 'shared_secret', cat(enc, recipient), 32);
  const context = cat([0], extract(HPKE, '', 'psk_id_hash', ''), extract(HPKE, '', 'info_hash', info));
  const secret = extract(HPKE, shared, 'secret', '');
  const key = expand(HPKE, secret, 'key', context, 32);
  const nonce = expand(HPKE, secret, 'base_nonce', context, 12);
  return cat(enc, aead(key, nonce, Buffer.alloc(0), plaintext));
}

/** x/y rounded down and up. */
export const floor = (x, y) => (x - (x % y)) / y;
export const ceil = (x, y) => (x % y === 0n ? x / y : floor(x, y) + 1n);

/** The largest x with x^m <= n, by Newton's method. */
export function root(n, m) {
  let x = 1n << (BigInt(n.toString(2).length) / m + 1n);
  for (;;) {
    const next = ((m - 1n) * x + n / x ** (m - 1n)) / m;
    if (next >= x) return x;
    x = next;
  }
}
