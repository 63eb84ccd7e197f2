import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { canLook, Session } from '../testing/session.js';

const endless = `
  const executor = createExecutor({ cpuShare: 0.1 });
  for (;;) await executor.run({ ...REQUEST, module: command('(loop (br 0))'), gasLimit: 2n ** 61n }).catch(() => {});`;

/** Waits until nothing of a session lives. */
async function gone(session: Session, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; session.living().length > 0; await sleep(20)) {
    if (Date.now() > end) return expect.fail(`processes ${session.living().join(', ')} are left`);
  }
}

async function withSession(program: string, look: (session: Session) => Promise<void>): Promise<void> {
  const session = Session.start(program);
  try {
    await look(session);
  } finally {
    session.end();
  }
}

describe.skipIf(!canLook)('nothing is left of a program that is killed', () => {
  const moments = Array.from({ length: 20 }, (_, round) => 150 + round * 97);

  test('20 times at whatever moment, its unit stopped or not', async () => {
    for (let round = 0; round < moments.length; round += 5) {
      await Promise.all(
        moments.slice(round, round + 5).map((moment) =>
          withSession(endless, async (session) => {
            await sleep(moment);
            session.kill();
            await gone(session, 10);
          }),
        ),
      );
    }
  });

  test("even where the unit's watchdog had been killed before", async () => {
    await withSession(endless, async (session) => {
      while (session.living().length < 3) await sleep(20);
      const [, ...started] = session.living();
      for (const pid of started) process.kill(pid, 'SIGKILL');
      while (session.living().length < 3 || session.living().some((pid) => started.includes(pid))) {
        await sleep(20);
      }
      await sleep(300);
      session.kill();
      await gone(session, 10);
    });
  });

  test('or that closes its executor while the unit is stopped', async () => {
    const program = endless.replace('for (;;)', 'setTimeout(() => executor.close(), 1_000); await');
    await withSession(program.replace('await await', 'await'), (session) => gone(session, 15));
  });
});
