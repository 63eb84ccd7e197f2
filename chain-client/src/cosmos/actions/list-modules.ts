import type { Module } from '../../types/module.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { CosmosContext } from '../context.js';
import { toModule } from '../convert/job.js';
import { QueryModulesRequest, QueryModulesResponse } from '../gen/dmcn/task/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Modules in the order of their ids. */
export const listModules = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Module>> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Modules',
    request: QueryModulesRequest,
    response: QueryModulesResponse,
    message: { pagination: wirePage(page) },
    convert: ({ modules, pagination }) => toPage(modules, pagination, toModule),
    subject: ['modules of', context.chainId],
  });
