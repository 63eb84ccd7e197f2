import { OP } from '../wasm/opcodes.js';

/** What a value on the operand stack can be, as far as the bits of NaNs go. */
export const NAN_CLASS = {
  /** Its bits are the same everywhere: integers, loads, parameters and everything already canonical. */
  fixed: 0,
  /** A float that is no NaN. */
  number: 1,
  /** If it is a NaN, each engine may give it other bits. */
  loose: 2,
} as const;

const F32 = 4;
const F64 = 8;

/** Bytes of the float that an instruction gives if that may be a NaN with other bits elsewhere, else 0. */
export function looseResultBytes(code: number): number {
  if ((code >= 0x8d && code <= 0x97) || code === 0xb6) return F32;
  if ((code >= 0x9b && code <= 0xa5) || code === 0xbb) return F64;
  return 0;
}

/** True for `abs`: it passes a NaN on, and the sign it clears is clear in the canonical one. */
export function isAbsolute(code: number): boolean {
  return code === 0x8b || code === 0x99;
}

/** True for conversions from integers: never a NaN. */
export function givesNumber(code: number): boolean {
  return (code >= 0xb2 && code <= 0xb5) || (code >= 0xb7 && code <= 0xba);
}

/** True for instructions whose result is the same for every NaN: arithmetic, comparisons, truncations. */
export function ignoresNanBits(code: number): boolean {
  return (
    looseResultBytes(code) > 0 ||
    isAbsolute(code) ||
    (code >= 0x5b && code <= 0x66) ||
    (code >= 0xa8 && code <= 0xab) ||
    (code >= 0xae && code <= 0xb1) ||
    (code >= 0xfc0000 && code <= 0xfc0007) ||
    code === OP.drop
  );
}

/** True if the constant that lies at `offset` (its opcode included) is a float but no NaN. */
export function isNumberConstant(code: number, bytes: Uint8Array, offset: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset + 1);
  if (code === OP.f32Const) return !Number.isNaN(view.getFloat32(0, true));
  return code === OP.f64Const && !Number.isNaN(view.getFloat64(0, true));
}
