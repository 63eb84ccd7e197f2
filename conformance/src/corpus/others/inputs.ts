import { brotliCompressSync, deflateSync } from 'node:zlib';
import { seededRandom } from '@dmcn/modules';
import type { Run } from '../program.js';
import { PATTERNS, QUERIES, SCRIPTS } from './texts.js';

const text = (value: string) => new TextEncoder().encode(value);
const bytes = (length: number, of: (i: number) => number) => Uint8Array.from({ length }, (_, i) => of(i));
const noise = (seed: number, length: number) => {
  const random = seededRandom(seed);
  return bytes(length, () => random() * 256);
};
const WORDS =
  'a unit of work for one worker and its auditor to commit open and settle before the deadline'.split(' ');

/** Sentences of few words, again and again. */
function prose(seed: number, length: number): Uint8Array {
  const random = seededRandom(seed);
  let out = '';
  while (out.length < length)
    out += `${WORDS[Math.floor(random() * WORDS.length)]}${random() < 0.1 ? '.\n' : ' '}`;
  return text(out.slice(0, length));
}

/** Soft waves with a little noise: heights, samples, a channel of a picture. */
function waves(seed: number, length: number, width: number): Uint8Array {
  const random = seededRandom(seed);
  const triangle = (i: number, period: number) => Math.abs((i % period) - period / 2) / period;
  return bytes(
    length,
    (i) => 255 * (triangle(i % width, 37) + triangle(Math.floor(i / width), 23)) + 6 * random(),
  );
}

/** `unpack` of a packed text, of the same with one byte changed, cut off, and of what is no such thing. */
function unpacking(packed: Uint8Array): Run[] {
  const args = ['unpack'];
  return [
    { name: 'unpack', args, input: packed },
    {
      name: 'unpack-changed',
      args,
      input: packed.map((byte, i) => (i === packed.length >> 1 ? byte ^ 0x10 : byte)),
    },
    { name: 'unpack-cut-off', args, input: packed.slice(0, packed.length - 5) },
    { name: 'unpack-noise', args, input: noise(3, 500) },
    { name: 'unpack-nothing', args },
  ];
}

function packing(packed: Uint8Array): Run[] {
  return [
    { name: 'prose', input: prose(1, 40_000) },
    { name: 'noise', input: noise(2, 9_000) },
    { name: 'zeros', input: new Uint8Array(60_000) },
    { name: 'nothing' },
    ...unpacking(packed),
  ];
}

function picture(width: number, height: number, seed: number): Uint8Array {
  const channels = [
    waves(seed, width * height, width),
    waves(seed + 1, width * height, width),
    noise(seed, width * height),
  ];
  const pixel = (i: number) => (i % 4 === 3 ? 255 - (i % 7) * 20 : (channels[i % 4]?.[i >> 2] ?? 0));
  return Uint8Array.of(
    width & 255,
    width >> 8,
    height & 255,
    height >> 8,
    ...bytes(4 * width * height, pixel),
  );
}

function json(seed: number): string {
  const random = seededRandom(seed);
  const number = () =>
    [random(), random() * 1e300, -random() * 1e-300, Math.floor(random() * 2 ** 53), 2 ** 60][
      Math.floor(random() * 5)
    ];
  const value = (depth: number): unknown => {
    if (depth > 5 || random() < 0.3)
      return random() < 0.7 ? number() : ['é\u0001"\\', '💡', '', null, true][Math.floor(random() * 5)];
    const items = Array.from({ length: 1 + Math.floor(random() * 6) }, () => value(depth + 1));
    return random() < 0.5 ? items : Object.fromEntries(items.map((item, i) => [`k${i}`, item]));
  };
  return JSON.stringify(Array.from({ length: 12 }, () => value(0)));
}

/** The largest frame of five bytes, an empty archive, and a file that only begins as a picture. */
const ZSTD_FRAME = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, ...text('hello'));
const BZIP2_ARCHIVE = Uint8Array.of(...text('BZh9'), 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0);
const WEBP_FILE = Uint8Array.of(
  ...text('RIFF'),
  40,
  0,
  0,
  0,
  ...text('WEBPVP8L'),
  20,
  0,
  0,
  0,
  0x2f,
  7,
  0xc0,
  1,
  0,
  ...noise(4, 15),
);

const scripts = (of: Readonly<Record<string, string>>): Run[] =>
  Object.entries(of).map(([name, script]) => ({ name, input: text(script) }));

/** What each program of others is run on: its everyday work, its edges, and input that is none. */
export const INPUTS: Readonly<Record<string, readonly Run[]>> = {
  zlib: packing(deflateSync(prose(5, 20_000))),
  zstd: packing(ZSTD_FRAME),
  bzip2: packing(BZIP2_ARCHIVE),
  brotli: packing(brotliCompressSync(prose(5, 20_000))),
  blake3: [
    { name: 'prose', input: prose(1, 100_000) },
    { name: 'one-chunk', input: noise(1, 1_024) },
    { name: 'one-chunk-and-a-byte', input: noise(1, 1_025) },
    { name: 'nothing' },
  ],
  secp256k1: [
    { name: 'ten-keys', input: noise(7, 320) },
    {
      name: 'zero-and-too-large',
      input: Uint8Array.of(...new Uint8Array(32), ...bytes(32, () => 255), ...noise(8, 40)),
    },
    { name: 'nothing' },
  ],
  sqlite: scripts(QUERIES),
  webp: [
    { name: 'picture', input: picture(61, 47, 3) },
    { name: 'one-pixel', input: picture(1, 1, 3) },
    { name: 'too-short', input: picture(20, 20, 3).slice(0, 500) },
    { name: 'nothing' },
    ...unpacking(WEBP_FILE),
  ],
  yyjson: [
    ...scripts({
      values: json(11),
      more: json(12),
      deep: '['.repeat(200) + ']'.repeat(200),
      'too-deep': '['.repeat(3_000) + ']'.repeat(3_000),
    }),
    ...scripts({
      numbers:
        '[0,-0,1e309,5e-324,1.7976931348623157e308,2.2250738585072011e-308,0.1,9007199254740993,18446744073709551615]',
      'cut-off': '{"a": [1, 2',
      'not-json': '{a: 1}',
      'bad-utf-8': '["\\ud800"]',
      nothing: '',
    }),
  ],
  pcre2: scripts(PATTERNS),
  kissfft: [
    { name: 'waves', input: waves(9, 4_096, 64) },
    { name: 'of-odd-length', input: noise(9, 4 * 3 * 5 * 7 * 11) },
    { name: 'nothing' },
  ],
  meshoptimizer: [
    { name: 'hills', input: waves(5, 1_600, 40) },
    { name: 'noise', input: noise(5, 900) },
    { name: 'flat', input: new Uint8Array(400) },
    { name: 'nothing' },
  ],
  quickjs: scripts(SCRIPTS),
};
