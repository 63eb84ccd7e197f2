import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { NotFoundError } from '../errors/index.js';
import { rejectedAs } from './rejection.js';
import { inScene } from './scene.js';

/** Task modules. */
export const moduleCases = [
  inScene(
    'stores a module, gives its code back, and returns the deposit when it is removed',
    async (scene) => {
      const { client } = scene;
      const author = await scene.funded();
      const { id, code } = await scene.module(author);
      assert.deepEqual(id, new Uint8Array(createHash('sha256').update(code).digest()));
      const module = await client.module(id);
      assert.deepEqual(
        { author: module.author, size: module.size, royaltyBps: module.royaltyBps, name: module.name },
        { author: author.address, size: code.length, royaltyBps: 500, name: 'nothing' },
      );
      assert.deepEqual(await client.moduleCode(id), code);
      assert.ok((await client.modules()).items.some(({ author: by }) => by === author.address));
      const before = await client.balance(author.address);
      const { fee } = await client.removeModule({ moduleId: id }, { signer: author });
      assert.equal(await client.balance(author.address), before + module.deposit - fee);
      await assert.rejects(client.module(id), NotFoundError);
      await assert.rejects(client.moduleCode(id), NotFoundError);
    },
  ),
  inScene('stores a module that is too large to be simulated', async (scene) => {
    const { client } = scene;
    const author = await scene.funded(100_000_000n);
    const { code } = await scene.module(author);
    const section = crypto.getRandomValues(new Uint8Array(60_000));
    const noise = Array.from({ length: 9 }, (_, i) => [
      0,
      ...leb128(section.length + 3),
      2,
      0x79,
      i,
      ...section.map((b) => b ^ (i * 29)),
    ]);
    const large = Uint8Array.from([...code, ...noise.flat()]);
    const { moduleId } = await client.storeModule(
      { code: large, royaltyBps: 0, name: 'large' },
      { signer: author },
    );
    assert.deepEqual(await client.moduleCode(moduleId), large);
  }),
  inScene('names why a module is refused', async (scene) => {
    const { client } = scene;
    const author = await scene.funded();
    const other = await scene.funded();
    const { id, code } = await scene.module(author);
    const store = { code, royaltyBps: 0, name: '' };
    await rejectedAs(['ModuleExists', () => client.storeModule(store, { signer: author })]);
    const text = new TextEncoder().encode('not a module');
    await rejectedAs([
      'InvalidModule',
      () => client.storeModule({ ...store, code: text }, { signer: author }),
    ]);
    const huge = new Uint8Array(2 * 1024 * 1024 + 1);
    huge.set(code);
    await rejectedAs([
      'ModuleTooLarge',
      () => client.storeModule({ ...store, code: huge }, { signer: author }),
    ]);
    await rejectedAs(['Unauthorized', () => client.removeModule({ moduleId: id }, { signer: other })]);
    await rejectedAs([
      'UnknownModule',
      () => client.removeModule({ moduleId: new Uint8Array(32) }, { signer: author }),
    ]);
  }),
];

function leb128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >> 7)];
}
