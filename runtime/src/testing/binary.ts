import { ByteWriter } from '../wasm/byte-writer.js';
import { SECTION, VALUE_TYPE } from '../wasm/module-layout.js';
import { joinSections, type Section } from './sections.js';

type Type = readonly [params: readonly number[], results: readonly number[]];

/** A function in binary form: its instructions are without the last `end`. */
export interface BinaryFunction {
  /** Index into the types; 0, a function without parameters and results, if left out. */
  readonly type?: number;
  /** Runs of locals. */
  readonly locals?: readonly (readonly [count: number, type: number])[];
  readonly code: readonly number[] | Uint8Array;
}

const COMMAND: Type = [[], []];

export interface BinaryParts {
  /** Types behind the first, which is that of `_start`. */
  readonly types?: readonly Type[];
  readonly functions: readonly BinaryFunction[];
  /** Sections to add, by their id; they take the place of those that are there. */
  readonly sections?: readonly Section[];
}

/** A command, the first function `_start`, from what a text format could not write or would take too long to parse. */
export function binaryModule({ types = [], functions, sections = [] }: BinaryParts): Uint8Array {
  const usual = [
    vector(1, [COMMAND, ...types].map(functionType)),
    vector(
      3,
      functions.map(({ type = 0 }) => leb(type)),
    ),
    vector(5, [[0, 1]]),
    vector(7, [
      [...name('memory'), 2, 0],
      [...name('_start'), 0, 0],
    ]),
    { id: 10, content: codeSection(functions) },
  ].filter(({ id }) => !sections.some((section) => section.id === id));
  return joinSections([...usual, ...sections].sort((one, other) => place(one) - place(other)));
}

/** The order of sections is that of their ids, but that the number of data segments comes before the code. */
function place({ id }: Section): number {
  return id === SECTION.dataCount ? SECTION.code - 0.5 : id;
}

/** A command of functions without parameters, results and locals. */
export function binary(...bodies: readonly (readonly number[])[]): Uint8Array {
  return binaryModule({ functions: bodies.map((code) => ({ code })) });
}

/** A section of entries that are counted. */
export function vector(id: number, entries: readonly (readonly number[] | Uint8Array)[]): Section {
  const content = new ByteWriter();
  content.u32(entries.length);
  for (const entry of entries) content.bytes(Uint8Array.from(entry));
  return { id, content: content.view() };
}

/** An unsigned integer as LEB128. */
export function leb(value: number): number[] {
  const out = new ByteWriter(8);
  out.u32(value);
  return [...out.view()];
}

/** A name with its length. */
export function name(text: string): number[] {
  const out = new ByteWriter();
  out.name(text);
  return [...out.view()];
}

/** Parts one after the other. */
export function join(...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The same instructions again and again. */
export function repeat(count: number, ...instructions: readonly number[]): Uint8Array {
  const out = new Uint8Array(count * instructions.length);
  for (let i = 0; i < count; i++) out.set(instructions, i * instructions.length);
  return out;
}

export const { i32: I32, i64: I64, f32: F32, f64: F64 } = VALUE_TYPE;

function functionType([params, results]: Type): number[] {
  return [0x60, ...leb(params.length), ...params, ...leb(results.length), ...results];
}

function codeSection(functions: readonly BinaryFunction[]): Uint8Array {
  const content = new ByteWriter();
  content.u32(functions.length);
  const encoded = new Map<BinaryFunction, Uint8Array>();
  for (const each of functions) {
    const bytes = encoded.get(each) ?? encodeFunction(each);
    encoded.set(each, bytes);
    content.sized(bytes);
  }
  return content.view();
}

function encodeFunction({ locals = [], code }: BinaryFunction): Uint8Array {
  const out = new ByteWriter();
  out.u32(locals.length);
  for (const [count, type] of locals) {
    out.u32(count);
    out.u8(type);
  }
  out.bytes(code instanceof Uint8Array ? code : Uint8Array.from(code));
  out.u8(0x0b);
  return out.view().slice();
}
