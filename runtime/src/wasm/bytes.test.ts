import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { DecodeError } from './decode-error.js';

test('unsigned integers are read as they were written', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (value) => {
      const writer = new ByteWriter(1);
      writer.u32(value);
      expect(new ByteReader(writer.view()).u32()).toBe(value);
    }),
  );
});

test('signed integers are read as they were written', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      const writer = new ByteWriter(1);
      writer.signed(value);
      expect(new ByteReader(writer.view()).signed(32)).toBe(value);
      expect(new ByteReader(writer.view()).signed(33)).toBe(value);
    }),
  );
});

test('padded integers are read, and ones that are too long are not', () => {
  expect(new ByteReader(Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0x00)).u32()).toBe(1);
  expect(() => new ByteReader(Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0x10)).u32()).toThrow(DecodeError);
  expect(() => new ByteReader(Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0x80, 0x00)).u32()).toThrow(DecodeError);
  expect(() => new ByteReader(Uint8Array.of(0x80)).u32()).toThrow(DecodeError);
});
