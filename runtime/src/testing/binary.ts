import { ByteWriter } from '../wasm/byte-writer.js';

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module of functions without parameters, the first one `_start`, from their bodies (instructions only). */
export function binary(...bodies: readonly (readonly number[])[]): Uint8Array {
  const module = new ByteWriter();
  module.bytes(Uint8Array.from(PREAMBLE));
  const section = (id: number, fill: (content: ByteWriter) => void): void => {
    const content = new ByteWriter();
    fill(content);
    module.u8(id);
    module.sized(content.view());
  };
  section(1, (content) => content.bytes(Uint8Array.of(1, 0x60, 0, 0)));
  section(3, (content) => content.sized(new Uint8Array(bodies.length)));
  section(5, (content) => content.bytes(Uint8Array.of(1, 0, 1)));
  section(7, (content) => {
    content.u32(2);
    content.name('memory');
    content.bytes(Uint8Array.of(2, 0));
    content.name('_start');
    content.bytes(Uint8Array.of(0, 0));
  });
  section(10, (content) => {
    content.u32(bodies.length);
    for (const body of bodies) content.sized(Uint8Array.from([0, ...body, 0x0b]));
  });
  return module.view().slice();
}
