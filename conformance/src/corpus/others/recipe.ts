/** How a program of others is built: their sources out of a crate, with a main program of ours. */
export interface Recipe {
  readonly name: string;
  /** The crate that carries the sources. */
  readonly crate: string;
  /** Sources in the crate; `*.c` at the end of a folder stands for all but `without`. */
  readonly sources: readonly string[];
  readonly without?: readonly string[];
  /** Folders of headers in the crate. */
  readonly include: readonly string[];
  readonly defines?: readonly string[];
  /** Flags for WebAssembly, the level of optimisation first. */
  readonly flags: readonly string[];
  readonly language?: 'c++';
}

/** Extensions of WebAssembly that the profile takes and clang does not use by default. */
const EXTENSIONS = ['-mbulk-memory', '-msign-ext', '-mnontrapping-fptoint'];

/** The programs of others. What they are is told in conformance/corpus/README.md. */
export const RECIPES: readonly Recipe[] = [
  {
    name: 'zlib',
    crate: 'libz-sys',
    sources: ['src/zlib/*.c'],
    without: ['gzclose.c', 'gzlib.c', 'gzread.c', 'gzwrite.c'],
    include: ['src/zlib'],
    flags: ['-O2'],
  },
  {
    name: 'zstd',
    crate: 'zstd-sys',
    sources: ['zstd/lib/common/*.c', 'zstd/lib/compress/*.c', 'zstd/lib/decompress/*.c'],
    include: ['zstd/lib'],
    defines: ['ZSTD_DISABLE_ASM', 'XXH_NAMESPACE=ZSTD_'],
    flags: ['-O2', ...EXTENSIONS],
  },
  {
    name: 'bzip2',
    crate: 'bzip2-sys',
    sources: ['blocksort', 'bzlib', 'compress', 'crctable', 'decompress', 'huffman', 'randtable'].map(
      (name) => `bzip2-1.0.8/${name}.c`,
    ),
    include: ['bzip2-1.0.8'],
    defines: ['BZ_NO_STDIO'],
    flags: ['-Os'],
  },
  {
    name: 'brotli',
    crate: 'brotli-sys',
    sources: ['brotli/common/*.c', 'brotli/enc/*.c', 'brotli/dec/*.c'],
    include: ['brotli/include'],
    flags: ['-O2'],
  },
  {
    name: 'blake3',
    crate: 'blake3',
    sources: ['c/blake3.c', 'c/blake3_dispatch.c', 'c/blake3_portable.c'],
    include: ['c'],
    defines: ['BLAKE3_NO_SSE2', 'BLAKE3_NO_SSE41', 'BLAKE3_NO_AVX2', 'BLAKE3_NO_AVX512', 'BLAKE3_USE_NEON=0'],
    flags: ['-O3', ...EXTENSIONS],
  },
  {
    name: 'secp256k1',
    crate: 'secp256k1-sys',
    sources: ['secp256k1', 'precomputed_ecmult', 'precomputed_ecmult_gen'].map(
      (name) => `depend/secp256k1/src/${name}.c`,
    ),
    include: ['depend/secp256k1/include', 'depend/secp256k1'],
    defines: ['ENABLE_MODULE_ECDH=1', 'ECMULT_WINDOW_SIZE=15', 'COMB_BLOCKS=11', 'COMB_TEETH=6'],
    flags: ['-O2'],
  },
  {
    name: 'sqlite',
    crate: 'libsqlite3-sys',
    sources: ['sqlite3/sqlite3.c'],
    include: ['sqlite3'],
    defines: [
      'SQLITE_OS_OTHER=1',
      'SQLITE_THREADSAFE=0',
      'SQLITE_TEMP_STORE=3',
      'SQLITE_OMIT_LOAD_EXTENSION',
      'SQLITE_OMIT_LOCALTIME',
      'SQLITE_ENABLE_FTS5',
      'SQLITE_ENABLE_RTREE',
      'LONGDOUBLE_TYPE=double',
    ],
    flags: ['-O2'],
  },
  {
    name: 'webp',
    crate: 'libwebp-sys',
    sources: ['src/dec', 'src/dsp', 'src/enc', 'src/utils', 'sharpyuv'].map(
      (folder) => `vendor/${folder}/*.c`,
    ),
    include: ['vendor', 'vendor/src'],
    flags: ['-O2'],
  },
  {
    name: 'yyjson',
    crate: 'yyjson-sys',
    sources: ['yyjson/src/yyjson.c'],
    include: ['yyjson/src'],
    flags: ['-O3'],
  },
  {
    name: 'pcre2',
    crate: 'pcre2-sys',
    sources: ['upstream/src/*.c'],
    without: ['pcre2_jit_match.c', 'pcre2_jit_misc.c', 'pcre2_ucptables.c'],
    include: ['upstream/src', 'upstream/include'],
    defines: [
      'PCRE2_CODE_UNIT_WIDTH=8',
      'HAVE_STDLIB_H=1',
      'HAVE_MEMMOVE=1',
      'HAVE_CONFIG_H=1',
      'PCRE2_STATIC=1',
      'STDC_HEADERS=1',
      'SUPPORT_PCRE2_8=1',
      'SUPPORT_UNICODE=1',
    ],
    flags: ['-O2'],
  },
  {
    name: 'kissfft',
    crate: 'kissfft-sys',
    sources: ['kissfft/kiss_fft.c', 'kissfft/kiss_fftr.c'],
    include: ['kissfft'],
    flags: ['-O0'],
  },
  {
    name: 'meshoptimizer',
    crate: 'meshopt',
    sources: ['vendor/src/*.cpp'],
    include: ['vendor/src'],
    flags: ['-O2', '-fno-exceptions'],
    language: 'c++',
  },
  {
    name: 'quickjs',
    crate: 'rquickjs-sys',
    sources: ['quickjs', 'libregexp', 'libunicode', 'dtoa'].map((name) => `quickjs/${name}.c`),
    include: ['quickjs'],
    defines: ['_GNU_SOURCE'],
    flags: ['-O2', ...EXTENSIONS],
  },
];
