import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface ProcessLook {
  readonly pid: number;
  readonly parent: number;
  /** Its command line, with spaces between the arguments. */
  readonly command: string;
}

const MS_A_TICK = 10;
const KIB = 1024;

/** Processes that live, none where the system has no /proc. */
export function processes(): ProcessLook[] {
  return pids().flatMap((pid) => {
    const fields = statOf(pid);
    const command = read(pid, 'cmdline')?.replaceAll('\0', ' ');
    if (fields === undefined || command === undefined || fields[0] === 'Z') return [];
    return [{ pid, parent: Number(fields[1]), command }];
  });
}

/** Those that a process started, and those that they started. */
export function descendants(ancestor: number, among = processes()): ProcessLook[] {
  const children = among.filter(({ parent }) => parent === ancestor);
  return children.flatMap((child) => [child, ...descendants(child.pid, among)]);
}

/** Milliseconds of CPU time that a process has used; undefined once it is gone. */
export function cpuMsOf(pid: number): number | undefined {
  const fields = statOf(pid);
  if (fields === undefined || fields[0] === 'Z') return undefined;
  return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
}

/** Bytes of memory that a process has had at most (`VmHWM`), or has now (`VmRSS`). */
export function memoryOf(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(pid, 'status') ?? '') ?? [];
  return Number(kib) * KIB;
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function statOf(pid: number): string[] | undefined {
  const text = read(pid, 'stat');
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return undefined;
  }
}
