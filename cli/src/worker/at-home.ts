import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workingIn } from '@dmcn/chain-client/node';
import { type AtHome, type PausedBy, type PauseNote, parseSchedule, shiftAt } from '@dmcn/worker';

/** What a worker's home tells about it, beside its keys. */
export interface Home extends AtHome {
  /** Percent of a core that it was started with. */
  readonly cpu: number | undefined;
  readonly schedule: { readonly text: string; readonly timeZone: string } | undefined;
}

/** Where a worker's home keeps its journal, which one process at a time works with. */
export const journalIn = (home: string): string => join(home, 'journal');

/** Reads what a home tells about its worker, whether one runs there or not. */
export async function readAtHome(home: string, now: number): Promise<Home> {
  const { cpu, schedule } = readDoing(home);
  const running = (await workingIn(journalIn(home))) !== undefined;
  return {
    running,
    pausedBy: pauseNoteIn(home).read(),
    cpu,
    schedule,
    ...(schedule && { shift: shiftAt(parseSchedule(schedule.text, schedule.timeZone), now) }),
  };
}

/** Who paused the worker of a home, in a file of one word. */
export function pauseNoteIn(home: string): PauseNote {
  const path = join(home, 'paused');
  return {
    read() {
      const by = read(path)?.trim();
      return by === 'user' || by === 'schedule' ? by : undefined;
    },
    write(by: PausedBy) {
      if (by === undefined) rmSync(path, { force: true });
      else writeFileSync(path, `${by}\n`);
    },
  };
}

function readDoing(home: string): Partial<Pick<Home, 'cpu' | 'schedule'>> {
  try {
    return JSON.parse(read(join(home, 'worker.json')) ?? '{}');
  } catch {
    return {};
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}
