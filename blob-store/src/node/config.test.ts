import { expect, it } from 'vitest';
import { MAX_BLOB_BYTES } from '../port.js';
import { readBlobServerConfig } from './config.js';

it('takes flags before environment before defaults', () => {
  expect(readBlobServerConfig([], { DMCN_HOME: '/h' })).toEqual({
    dir: '/h/blobs',
    host: '127.0.0.1',
    port: 4001,
    maxBytes: MAX_BLOB_BYTES,
  });
  const env = {
    DMCN_BLOBS_DIR: '/e',
    DMCN_BLOBS_HOST: '0.0.0.0',
    DMCN_BLOBS_PORT: '5',
    DMCN_BLOBS_MAX_BYTES: '6',
  };
  expect(readBlobServerConfig([], env)).toEqual({ dir: '/e', host: '0.0.0.0', port: 5, maxBytes: 6 });
  const flags = ['--dir', '/f', '--host', '::1', '--port', '7', '--max-bytes', '8'];
  expect(readBlobServerConfig(flags, env)).toEqual({ dir: '/f', host: '::1', port: 7, maxBytes: 8 });
});

it('refuses what it does not understand', () => {
  expect(() => readBlobServerConfig(['--prt', '1'], {})).toThrow(TypeError);
  for (const port of ['-1', '65536', '4e3', '']) {
    expect(() => readBlobServerConfig([`--port=${port}`], {})).toThrow(RangeError);
  }
  expect(() => readBlobServerConfig([], { DMCN_BLOBS_MAX_BYTES: '0' })).toThrow(/whole number from 1/);
});
