import { toHex } from '@cosmjs/encoding';
import type { Module } from '../../types/module.js';
import type { Bytes32 } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toModule } from '../convert/job.js';
import { present } from '../convert/scalar.js';
import { QueryModuleRequest, QueryModuleResponse } from '../gen/dmcn/task/v1/query.js';
import { query } from '../query.js';

/** A task module by its id, without its code. */
export const getModule = (context: CosmosContext, id: Bytes32): Promise<Module> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Module',
    request: QueryModuleRequest,
    response: QueryModuleResponse,
    message: { id: toHex(id) },
    convert: ({ module }) => toModule(present(module, 'module')),
    subject: ['module', toHex(id)],
  });
