import { hashBlob } from '@dmcn/blob-store';
import { verifyInputIndex } from '@dmcn/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputsError, MAX_INPUT_BYTES, prepareInputs, splitLines } from './inputs.js';

const text = (value: string) => new TextEncoder().encode(value);

describe('prepareInputs', () => {
  test('index and root belong together', () => {
    const prepared = prepareInputs([
      { name: 'a', bytes: text('one') },
      { name: 'b', bytes: text('') },
    ]);
    expect(prepared.indexHash).toEqual(hashBlob(prepared.index));
    expect(verifyInputIndex(prepared.index, prepared.root, 2)).toEqual(prepared.hashes);
  });

  test.each([
    ['no input', []],
    [
      'a name twice',
      [
        { name: 'a', bytes: text('1') },
        { name: 'a', bytes: text('2') },
      ],
    ],
    ['an input that is too large', [{ name: 'a', bytes: new Uint8Array(MAX_INPUT_BYTES + 1) }]],
  ])('error: %s', (_, inputs) => {
    expect(() => prepareInputs(inputs)).toThrow(InputsError);
  });

  test('an input of the largest size is accepted', () => {
    expect(prepareInputs([{ name: 'a', bytes: new Uint8Array(MAX_INPUT_BYTES) }]).hashes).toHaveLength(1);
  });
});

describe('splitLines', () => {
  test('pieces keep their line ends, and the last may be shorter and unended', () => {
    const pieces = splitLines(text('a\nb\nc\nd\ne'), 2).map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(pieces).toEqual(['a\nb\n', 'c\nd\n', 'e']);
  });

  test('names sort in the order of the pieces', () => {
    const names = splitLines(text('x\n'.repeat(11)), 1).map(({ name }) => name);
    expect([...names].sort()).toEqual(names);
    expect(new Set(names).size).toBe(11);
  });

  test('property: the pieces put together are the text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 5 }), (bytes, lines) => {
        expect(splitLines(bytes, lines).flatMap((piece) => [...piece.bytes])).toEqual([...bytes]);
      }),
    );
  });

  test.each([0, -1, 1.5])('error: %d lines a unit', (lines) => {
    expect(() => splitLines(text('a'), lines)).toThrow(InputsError);
  });
});
