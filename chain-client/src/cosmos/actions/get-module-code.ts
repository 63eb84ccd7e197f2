import { sha256 } from '@cosmjs/crypto';
import { toHex } from '@cosmjs/encoding';
import { BadResponseError } from '../../errors/index.js';
import type { Bytes32 } from '../../types/primitives.js';
import { gunzip } from '../../util/gzip.js';
import type { CosmosContext } from '../context.js';
import { QueryModuleCodeRequest, QueryModuleCodeResponse } from '../gen/dmcn/task/v1/query.js';
import { query } from '../query.js';

/** Largest raw module that the protocol allows. */
const largestModule = 2 * 1024 * 1024;

/** A module's raw WASM. Throws `BadResponseError` where it is not what its id says. */
export async function getModuleCode(context: CosmosContext, id: Bytes32): Promise<Uint8Array> {
  const name = toHex(id);
  const compressed = await query(context, {
    path: 'dmcn.task.v1.Query/ModuleCode',
    request: QueryModuleCodeRequest,
    response: QueryModuleCodeResponse,
    message: { id: name },
    convert: ({ code }) => code,
    subject: ['module', name],
  });
  const code = await gunzip(compressed, largestModule).catch((cause) => {
    throw new BadResponseError(context.rpc.preferred, `code of module ${name} is not gzip`, cause);
  });
  if (toHex(sha256(code)) !== name) {
    throw new BadResponseError(context.rpc.preferred, `code of module ${name} has another hash`);
  }
  return code;
}
