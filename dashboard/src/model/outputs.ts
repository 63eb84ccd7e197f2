/** What `dmcn job fetch` wrote about a unit, as far as it is needed here. */
export interface ListedUnit {
  readonly name: string;
  readonly status: string;
  readonly outputSha256: string;
}

export interface Manifest {
  readonly jobId: string;
  readonly moduleId: string;
  readonly units: readonly ListedUnit[];
}

/** What an output can be shown as. */
export type Shape =
  | { readonly kind: 'image'; readonly type: string; readonly width: number; readonly height: number }
  | { readonly kind: 'digits'; readonly digits: readonly Digit[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly hex: string };

export interface Digit {
  readonly digit: string;
  /** Lead over the second digit, in hundredths of log-odds. */
  readonly lead: number;
}

const isUnit = (unit: unknown): unit is ListedUnit => {
  const { name, status, outputSha256 } = (unit ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' && typeof status === 'string' && /^[0-9a-f]{64}$/.test(String(outputSha256))
  );
};

/** Reads a manifest.json; undefined where the text is none. */
export function manifestOf(text: string): Manifest | undefined {
  try {
    const { jobId, moduleId, units } = JSON.parse(text) as Record<string, unknown>;
    if (typeof jobId !== 'string' || typeof moduleId !== 'string' || !Array.isArray(units)) return undefined;
    return units.every(isUnit) ? { jobId, moduleId, units } : undefined;
  } catch {
    return undefined;
  }
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEX_BYTES = 48;

function imageOf(bytes: Uint8Array): Shape | undefined {
  if (bytes.length < 24 || !PNG.every((byte, i) => bytes[i] === byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { kind: 'image', type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell text from bytes
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Lines "digit<TAB>lead", as the module digits writes them. */
function digitsOf(text: string): readonly Digit[] | undefined {
  const lines = text.trimEnd().split('\n');
  const digits = lines.map((line) => /^(\d)\t(-?\d{1,7})$/.exec(line));
  return digits.every((match) => match !== null)
    ? digits.map(([, digit = '', lead]) => ({ digit, lead: Number(lead) }))
    : undefined;
}

/** What an output is, by its bytes alone: a PNG image, digits with their leads, text, or only bytes. */
export function shapeOf(bytes: Uint8Array): Shape {
  const image = imageOf(bytes);
  if (image) return image;
  const text = textOf(bytes);
  if (text === undefined) {
    const hex = Array.from(bytes.subarray(0, HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(
      ' ',
    );
    return { kind: 'bytes', hex: bytes.length > HEX_BYTES ? `${hex} \u2026` : hex };
  }
  const digits = digitsOf(text);
  return digits ? { kind: 'digits', digits } : { kind: 'text', text };
}

/** Columns that bring `count` tiles of a size nearest to a picture of 16 by 9, without a gap. */
export function columnsFor(count: number, width: number, height: number): number {
  const distance = (columns: number) =>
    Math.abs(Math.log((columns * width) / ((count / columns) * height) / (16 / 9)));
  let best = count;
  for (let columns = 1; columns <= count; columns += 1) {
    if (count % columns === 0 && distance(columns) < distance(best)) best = columns;
  }
  return best;
}
