import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { jobOrder, moduleOrder } from './orders.js';
import { Job, JobConnection, Module, ModuleConnection } from './refs.js';
import { rowOf } from './row.js';

Module.implement({
  description: 'A WASM program that jobs run.',
  fields: (t) => ({
    id: t.expose('id', { type: 'Hex', description: 'SHA-256 of the program.' }),
    author: t.exposeString('author', { description: 'Earns the royalty.' }),
    name: t.exposeString('name', { description: 'The author’s label, without a meaning to the chain.' }),
    size: t.exposeInt('size', { description: 'Bytes.' }),
    royaltyBps: t.exposeInt('royaltyBps', { description: 'On top of the work paid, in basis points.' }),
    deposit: t.expose('deposit', { type: 'Amount' }),
    storedHeight: t.expose('storedHeight', { type: 'Height' }),
    removedHeight: t.expose('removedHeight', {
      type: 'Height',
      nullable: true,
      description: 'Null while it is stored.',
    }),
    jobCount: t.expose('jobs', { type: 'UInt64' }),
    unitsPaid: t.expose('unitsPaid', { type: 'UInt64' }),
    royalties: t.expose('royalties', { type: 'Amount', description: 'Earned so far.' }),
    jobs: t.connection(
      {
        type: Job,
        args: { orderBy: t.arg({ type: jobOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ id }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.jobs, { moduleId: id }, jobOrder.of(orderBy), args),
      },
      JobConnection,
    ),
  }),
});

const ModuleFilter = builder.inputType('ModuleFilter', {
  fields: (t) => ({ author: t.string() }),
});

builder.queryFields((t) => ({
  modules: t.connection(
    {
      type: Module,
      description: 'Also those that were removed.',
      args: {
        filter: t.arg({ type: ModuleFilter }),
        orderBy: t.arg({ type: moduleOrder.type, required: true, defaultValue: 'STORED_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.modules, given(filter), moduleOrder.of(orderBy), args),
    },
    ModuleConnection,
  ),
  module: t.field({
    type: Module,
    nullable: true,
    args: { id: t.arg({ type: 'Hex', required: true }) },
    resolve: (_root, { id }, context) => rowOf(context, 'modules', id),
  }),
}));
