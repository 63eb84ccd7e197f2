import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The fields of /proc/PID/stat behind the name, and where what is wanted of them stands. */
type Stat = readonly string[];
const FIELD = { state: 0, session: 3, user: 11, system: 12, endedUser: 13, endedSystem: 14 } as const;
const MS_A_TICK = 10;

/** Whether processes can be looked at from the outside here. */
export const canLook = process.platform === 'linux';

/** A program of its own with an executor, seen from the outside: it and everything that it starts are one session. */
export class Session {
  private constructor(private readonly leader: ChildProcess) {}

  /** Runs a module's text, with `createExecutor`, `command`, `fixture` and `REQUEST` in reach. */
  static start(program: string): Session {
    const prelude = `
      import { createExecutor } from '${dist}node/index.js';
      import { command } from '${dist}testing/wat.js';
      import { fixture } from '${dist}testing/fixtures.js';
      import { REQUEST } from '${dist}testing/run-bytes.js';`;
    const args = ['--input-type=module', '-e', prelude + program];
    return new Session(
      spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'ignore', 'inherit'] }),
    );
  }

  /** Processes of it that live, its leader first. */
  living(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        const stat = statOf(pid);
        return (
          stat !== undefined && Number(stat[FIELD.session]) === this.leader.pid && stat[FIELD.state] !== 'Z'
        );
      })
      .sort((one) => (one === this.leader.pid ? -1 : 1));
  }

  /** CPU time that it has used, that of its ended processes included, in milliseconds. */
  used(): number {
    const ticks = this.living().flatMap((pid) => {
      const stat = statOf(pid);
      const own = [stat?.[FIELD.user], stat?.[FIELD.system]];
      return pid === this.leader.pid ? [...own, stat?.[FIELD.endedUser], stat?.[FIELD.endedSystem]] : own;
    });
    return ticks.reduce((sum, each) => sum + Number(each ?? 0) * MS_A_TICK, 0);
  }

  /** Ends its leader by force, and nothing else. */
  kill(): void {
    this.leader.kill('SIGKILL');
  }

  /** Ends everything of it. */
  end(): void {
    for (const pid of this.living()) process.kill(pid, 'SIGKILL');
  }
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Milliseconds for which some program of the machine was ready to run and no core was free; undefined where the system does not tell. */
export function crowdedFor(): number | undefined {
  try {
    const [, total] = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'latin1')) ?? [];
    return total === undefined ? undefined : Number(total) / 1_000;
  } catch {
    return undefined;
  }
}
