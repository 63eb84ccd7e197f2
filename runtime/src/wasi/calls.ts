import { ERRNO, type Errno } from './errno.js';

/** The module name that preview1's calls are imported from. */
export const WASI_MODULE = 'wasi_snapshot_preview1';

/** The calls that do something; all others only answer with an error number. */
export const SERVED_CALLS = [
  'args_get',
  'args_sizes_get',
  'environ_get',
  'environ_sizes_get',
  'clock_res_get',
  'clock_time_get',
  'fd_close',
  'fd_fdstat_get',
  'fd_filestat_get',
  'fd_read',
  'fd_write',
  'proc_exit',
  'random_get',
] as const;

export type ServedCall = (typeof SERVED_CALLS)[number];

/**
 * How a call is answered. `served`: by `WasiHost`. Otherwise by that error number always, and if `pipe` is set by
 * EBADF when its first parameter is none of the open descriptors 0, 1 and 2.
 */
export interface Call {
  /** Parameters, `i` for i32 and `I` for i64. */
  readonly params: string;
  readonly answer: 'served' | Errno;
  readonly pipe?: true;
}

const served = (params: string): Call => ({ params, answer: 'served' });
const fails = (answer: Errno, params: string): Call => ({ params, answer });
const pipe = (answer: Errno, params: string): Call => ({ params, answer, pipe: true });

/** Every call of preview1. All but `proc_exit` give one i32, the error number. */
export const WASI_CALLS: Readonly<Record<string, Call>> = {
  args_get: served('ii'),
  args_sizes_get: served('ii'),
  environ_get: served('ii'),
  environ_sizes_get: served('ii'),
  clock_res_get: served('ii'),
  clock_time_get: served('iIi'),
  fd_advise: pipe(ERRNO.spipe, 'iIIi'),
  fd_allocate: pipe(ERRNO.spipe, 'iII'),
  fd_close: served('i'),
  fd_datasync: pipe(ERRNO.inval, 'i'),
  fd_fdstat_get: served('ii'),
  fd_fdstat_set_flags: pipe(ERRNO.nosys, 'ii'),
  fd_fdstat_set_rights: pipe(ERRNO.nosys, 'iII'),
  fd_filestat_get: served('ii'),
  fd_filestat_set_size: pipe(ERRNO.inval, 'iI'),
  fd_filestat_set_times: pipe(ERRNO.nosys, 'iIIi'),
  fd_pread: pipe(ERRNO.spipe, 'iiiIi'),
  fd_prestat_get: fails(ERRNO.badf, 'ii'),
  fd_prestat_dir_name: fails(ERRNO.badf, 'iii'),
  fd_pwrite: pipe(ERRNO.spipe, 'iiiIi'),
  fd_read: served('iiii'),
  fd_readdir: pipe(ERRNO.notdir, 'iiiIi'),
  fd_renumber: fails(ERRNO.nosys, 'ii'),
  fd_seek: pipe(ERRNO.spipe, 'iIii'),
  fd_sync: pipe(ERRNO.inval, 'i'),
  fd_tell: pipe(ERRNO.spipe, 'ii'),
  fd_write: served('iiii'),
  path_create_directory: fails(ERRNO.nosys, 'iii'),
  path_filestat_get: fails(ERRNO.nosys, 'iiiii'),
  path_filestat_set_times: fails(ERRNO.nosys, 'iiiiIIi'),
  path_link: fails(ERRNO.nosys, 'iiiiiii'),
  path_open: fails(ERRNO.nosys, 'iiiiiIIii'),
  path_readlink: fails(ERRNO.nosys, 'iiiiii'),
  path_remove_directory: fails(ERRNO.nosys, 'iii'),
  path_rename: fails(ERRNO.nosys, 'iiiiii'),
  path_symlink: fails(ERRNO.nosys, 'iiiii'),
  path_unlink_file: fails(ERRNO.nosys, 'iii'),
  poll_oneoff: fails(ERRNO.nosys, 'iiii'),
  proc_exit: served('i'),
  proc_raise: fails(ERRNO.nosys, 'i'),
  random_get: served('ii'),
  sched_yield: fails(ERRNO.success, ''),
  sock_accept: fails(ERRNO.nosys, 'iii'),
  sock_recv: fails(ERRNO.nosys, 'iiiiii'),
  sock_send: fails(ERRNO.nosys, 'iiiii'),
  sock_shutdown: fails(ERRNO.nosys, 'ii'),
};

/** The row of a call, or undefined if preview1 has none of that name. */
export function wasiCall(name: string): Call | undefined {
  return Object.hasOwn(WASI_CALLS, name) ? WASI_CALLS[name] : undefined;
}

/** Results of a call, `i` for one i32. */
export function wasiResults(name: string): string {
  return name === 'proc_exit' ? '' : 'i';
}
