import { describe, expect, test } from 'vitest';
import { columnsFor, manifestOf, shapeOf } from './outputs.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('shapes', () => {
  test('a PNG is an image of its size', () => {
    const png = new Uint8Array(24);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    new DataView(png.buffer).setUint32(16, 40);
    new DataView(png.buffer).setUint32(20, 45);
    expect(shapeOf(png)).toEqual({ kind: 'image', type: 'image/png', width: 40, height: 45 });
  });
  test('lines of digit and lead are digits', () => {
    expect(shapeOf(bytes('8\t841\n0\t-3\n'))).toEqual({
      kind: 'digits',
      digits: [
        { digit: '8', lead: 841 },
        { digit: '0', lead: -3 },
      ],
    });
  });
  test.each(['8\t841\nno digit\n', 'f\u00fcnf', ''])('%j is text', (text) =>
    expect(shapeOf(bytes(text))).toEqual({ kind: 'text', text }),
  );
  test('all else is bytes, of which the first are shown', () => {
    expect(shapeOf(new Uint8Array([0, 255]))).toEqual({ kind: 'bytes', hex: '00 ff' });
    expect(shapeOf(new Uint8Array(100))).toEqual({
      kind: 'bytes',
      hex: `${Array(48).fill('00').join(' ')} \u2026`,
    });
  });
});

describe('manifests', () => {
  const unit = { name: 'a', status: 'OK', outputSha256: '0a'.repeat(32) };
  test('of a job', () => {
    const manifest = { jobId: '1', moduleId: 'x', units: [unit] };
    expect(manifestOf(JSON.stringify({ ...manifest, paid: '3' }))).toEqual(manifest);
  });
  test.each([
    '',
    '[]',
    'null',
    '{"jobId":1,"moduleId":"x","units":[]}',
    '{"jobId":"1","moduleId":"x","units":[{"name":"a"}]}',
  ])('none in %s', (text) => expect(manifestOf(text)).toBeUndefined());
});

test.each([
  [32, 40, 45, 8],
  [144, 160, 90, 12],
  [7, 10, 10, 7],
  [1, 10, 10, 1],
])('%d tiles of %d x %d stand in %d columns', (count, width, height, columns) => {
  expect(columnsFor(count, width, height)).toBe(columns);
});
