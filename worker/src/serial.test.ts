import { expect, test } from 'vitest';
import { createTurns } from './serial.js';

test('tasks run one after the other, urgent ones before those that wait, and a failure stops nothing', async () => {
  const turns = createTurns();
  const ran: string[] = [];
  let running = 0;
  const task = (name: string) => async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    ran.push(name);
    running -= 1;
    if (name === 'b') throw new Error(name);
    return name;
  };
  const a = turns.next(task('a'));
  const b = turns.next(task('b'));
  const c = turns.next(task('c'));
  const x = turns.first(task('x'));
  const y = turns.first(task('y'));
  await expect(b).rejects.toThrow('b');
  expect(await Promise.all([a, c, x, y])).toEqual(['a', 'c', 'x', 'y']);
  expect(ran).toEqual(['a', 'x', 'y', 'b', 'c']);
});
