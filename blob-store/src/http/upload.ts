import { BlobRefusedError, BlobUnreachableError } from '../errors.js';
import { issuePermit } from '../permit/issue.js';
import type { UploadSigner } from '../permit/permit.js';
import { type Call, exchange } from './exchange.js';
import { whileItMoves } from './retry.js';

/** Bytes from which on a blob is uploaded in a way that can be resumed, and not sent at all where it is already. */
export const RESUMABLE_BYTES = 256 * 1024;

type Headers = Readonly<Record<string, string>>;

/** An upload that may be tried again: each try goes on from the position that the ones before have reached. */
export interface Upload {
  attempt(): Promise<void>;
  /** Bytes that the server was seen to have. */
  position(): number;
}

/**
 * An upload of a blob to one server, signed where there is a signer. A large one asks first how much the server has, and
 * goes on from there, also when it is tried again later or by another process.
 */
export function createUpload(call: Call, bytes: Uint8Array, signer: UploadSigner | undefined): Upload {
  let permit: Promise<string> | undefined;
  const signed = async (): Promise<Headers> => {
    if (signer === undefined) return {};
    permit ??= issuePermit(signer, call.locator, call.hash, bytes.length);
    return { authorization: await permit };
  };
  if (bytes.length < RESUMABLE_BYTES) {
    return { attempt: async () => putWhole(call, bytes, await signed()), position: () => 0 };
  }
  let reached = 0;
  const go = async () => {
    const headers = { ...(await signed()), 'upload-length': String(bytes.length) };
    const { offset, isDone } = await begin(call, headers);
    reached = Math.max(reached, offset);
    if (!isDone) await append(call, bytes, offset, headers);
  };
  const position = () => reached;
  return { attempt: () => whileItMoves(go, position), position };
}

function putWhole(call: Call, bytes: Uint8Array, signed: Headers): Promise<void> {
  const headers = { ...signed, 'content-type': 'application/octet-stream' };
  const init = { method: 'PUT', headers, body: new Uint8Array(bytes) };
  return exchange(call, init, [200, 201], async () => undefined);
}

/** POST /uploads/<hash>: how many bytes the server has. */
function begin(call: Call, headers: Headers): Promise<{ offset: number; isDone: boolean }> {
  const init = { method: 'POST', at: 'uploads', headers: { ...headers, 'upload-complete': '?0' } } as const;
  return exchange(call, init, [200, 201], async (response) => {
    const text = response.headers.get('upload-offset') ?? '';
    if (!/^\d{1,15}$/.test(text)) throw new BlobRefusedError(call.hash, call.locator, response.status);
    return { offset: Number(text), isDone: response.headers.get('upload-complete') === '?1' };
  });
}

/** PATCH /uploads/<hash> with all that is missing. */
async function append(call: Call, bytes: Uint8Array, offset: number, signed: Headers): Promise<void> {
  const headers = {
    ...signed,
    'content-type': 'application/partial-upload',
    'upload-offset': String(offset),
    'upload-complete': '?1',
  };
  const init = { method: 'PATCH', at: 'uploads', headers, body: bytes.slice(offset) } as const;
  const status = await exchange(call, init, [200, 201, 400, 404, 409], async (response) => response.status);
  if (status < 300) return;
  // What the server had of it was lost or spoiled, or somebody else went on with it: it may be begun again.
  throw new BlobUnreachableError(
    call.hash,
    call.locator,
    `the upload has to begin again, HTTP status ${status}`,
  );
}
