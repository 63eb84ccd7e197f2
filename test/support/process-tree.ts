import { readdirSync, readFileSync } from 'node:fs';

/** Whether processes can be looked at from the outside here. */
export const canLook = process.platform === 'linux';

/** Where what is wanted stands in /proc/PID/stat, behind the name. */
const FIELD = { state: 0, parent: 1, user: 11, system: 12, endedUser: 13, endedSystem: 14 } as const;
const MS_A_TICK = 10;

/** A process and all that it started, itself first. */
export function treeOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))?.[FIELD.parent])]),
  );
  const tree = [root];
  for (const pid of tree) {
    tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  }
  return tree;
}

/** CPU time that a process and its children have used, those included that have ended, in milliseconds. */
export function cpuOf(root: number): number {
  const ticks = treeOf(root).flatMap((pid) => {
    const stat = statOf(pid);
    const own = [stat?.[FIELD.user], stat?.[FIELD.system]];
    return pid === root ? [...own, stat?.[FIELD.endedUser], stat?.[FIELD.endedSystem]] : own;
  });
  return ticks.reduce((sum, each) => sum + Number(each ?? 0), 0) * MS_A_TICK;
}

/**
 * Milliseconds for which some program of the machine was ready to run and no core was free; NaN where the system does not
 * tell.
 */
export function crowdedFor(): number {
  try {
    return Number(/^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'latin1'))?.[1]) / 1_000;
  } catch {
    return Number.NaN;
  }
}

function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
