import type { Feature } from './features.js';

/** The binary format's codes for the value types that the profile accepts. */
export const VALUE_TYPE = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c } as const;

/** Section ids of the binary format. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** Kinds of imports and exports. */
export const EXTERNAL = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

export interface FunctionType {
  readonly params: Uint8Array;
  readonly results: Uint8Array;
}

export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  /** Type index of a function import. */
  readonly type: number;
  readonly offset: number;
}

export interface Export {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
  readonly offset: number;
}

/** Pages of 64 KiB of a memory, or entries of a table. */
export interface Limits {
  readonly minimum: number;
  readonly maximum: number | undefined;
  readonly offset: number;
}

/** A constant expression: its type, and its value if that is an i32 (0 otherwise). */
export interface Constant {
  readonly type: number;
  readonly value: number;
}

export interface Global {
  readonly type: number;
  readonly mutable: boolean;
  readonly initial: Constant;
  readonly offset: number;
}

/** An active segment; `length` in bytes or table entries. */
export interface Segment {
  readonly start: Constant;
  readonly length: number;
  readonly offset: number;
}

/** An element segment with the function index that is highest in it, -1 if it is empty. */
export interface ElementSegment extends Segment {
  readonly highest: number;
}

/** The type index of a function that the module defines. */
export interface DefinedFunction {
  readonly type: number;
  readonly offset: number;
}

/** A half-open range of the module's bytes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Something that the decoder met and that no accepted module has. */
export interface RefusedPart {
  readonly rule: Feature | 'limit';
  readonly message: string;
  readonly offset: number;
}

/** A decoded module: the index spaces, and where in the bytes each part lies. */
export interface ModuleLayout {
  readonly bytes: Uint8Array;
  readonly types: FunctionType[];
  readonly imports: Import[];
  /** What the module defines itself (imports come before them in the index space). */
  readonly functions: DefinedFunction[];
  readonly tables: Limits[];
  readonly memories: Limits[];
  readonly globals: Global[];
  readonly exports: Export[];
  readonly elements: ElementSegment[];
  readonly dataSegments: Segment[];
  /** Contents (without the size) of each function body. */
  readonly bodies: Range[];
  /** Contents of each section but custom ones, by id. */
  readonly sections: Map<number, Range>;
  /** Contents of each custom section called `name`. */
  readonly nameSections: Range[];
  readonly refused: RefusedPart[];
  /** Sections that are read only up to something refused: what is said of their entries may not hold. */
  readonly cut: Set<number>;
}

/** How many functions the module imports. */
export function importedFunctions({ imports }: ModuleLayout): number {
  return imports.filter(({ kind }) => kind === EXTERNAL.function).length;
}
