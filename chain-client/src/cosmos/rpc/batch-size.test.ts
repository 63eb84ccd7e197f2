import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BatchSize, longestBatch } from './batch-size.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('is half as long after a failure, once for all that were under way, and whole again after a while', () => {
  const size = new BatchSize();
  expect(size.now).toBe(longestBatch);
  for (let i = 0; i < 8; i += 1) size.failed(10);
  expect(size.now).toBe(5);
  size.failed(5);
  expect(size.now).toBe(2);
  size.failed(10);
  expect(size.now).toBe(2);
  for (let i = 0; i < 3; i += 1) size.failed(size.now);
  expect(size.now).toBe(1);
  vi.advanceTimersByTime(120_000);
  expect(size.now).toBe(longestBatch);
  size.failed(10);
  expect(size.now).toBe(5);
});
