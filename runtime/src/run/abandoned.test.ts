import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { REQUEST } from '../testing/run-bytes.js';
import { command } from '../testing/wat.js';
import { UnitAbandonedError } from './errors.js';
import { prepareTask } from './prepare-task.js';
import { runUnit } from './run-unit.js';

/** V8 then refuses memory as it does when the host has none left. */
const ENGINE_PAGES = 20;
setFlagsFromString(`--wasm-max-mem-pages=${ENGINE_PAGES}`);

test.each([
  ['growing', command('(drop (memory.grow (i32.const 40)))')],
  [
    'growing, though the module would go on',
    command('(if (i32.eq (memory.grow (i32.const 40)) (i32.const -1)) (then))'),
  ],
])('a unit is abandoned when the engine refuses memory below the limit: %s', async (_, bytes) => {
  const task = await prepareTask(bytes);
  const run = (): unknown => runUnit(task, REQUEST);
  expect(run).toThrow(UnitAbandonedError);
  expect(run).toThrow('the engine refused memory');
});

test('what fits still runs', async () => {
  const task = await prepareTask(command('(drop (memory.grow (i32.const 10)))'));
  expect(runUnit(task, REQUEST).status).toBe('OK');
});
