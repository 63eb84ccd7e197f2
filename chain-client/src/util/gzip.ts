/** Compresses bytes as gzip. */
export function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(stream(bytes).pipeThrough(new CompressionStream('gzip')), Number.POSITIVE_INFINITY);
}

/** Decompresses gzip. Throws for bytes that are none, and as soon as there is more than the limit. */
export function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  return collect(stream(bytes).pipeThrough(new DecompressionStream('gzip')), limit);
}

const stream = (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)]).stream();

async function collect(chunks: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = chunks.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > limit) {
      await reader.cancel();
      throw new RangeError(`more than ${limit} bytes`);
    }
    parts.push(Uint8Array.from(next.value));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
