import type { LoopClass } from '../gas-class.js';
import { FREE } from '../program.js';

const MANY = 1_023;
/** Vectors of `MANY` buffers of one size lie here. */
const VECTORS = 4_096;
const manyArgs = Array.from({ length: 4_096 }, () => '');

const host = (
  name: string,
  call: string,
  more: Partial<LoopClass> & { setup?: string; pages?: number } = {},
): LoopClass => ({
  name,
  group: 'host',
  ...(more.args === undefined ? {} : { args: more.args }),
  ...(more.input === undefined ? {} : { input: more.input }),
  program: {
    turn: `(drop ${call}) `,
    unrolled: 1,
    pages: more.pages ?? 2,
    setup: more.setup ?? '',
    locals: '(local $v i32)',
  },
});

const vectors = (length: number): string =>
  `(local.set $v (i32.const 0)) (loop $fill
    (i32.store offset=${VECTORS} (i32.shl (local.get $v) (i32.const 3)) (i32.const ${VECTORS + 16_384}))
    (i32.store offset=${VECTORS + 4} (i32.shl (local.get $v) (i32.const 3)) (i32.const ${length}))
    (br_if $fill (i32.lt_u (local.tee $v (i32.add (local.get $v) (i32.const 1))) (i32.const ${MANY}))))`;
const io = (call: string, fd: number, count: number): string =>
  `(call $${call} (i32.const ${fd}) (i32.const ${VECTORS}) (i32.const ${count}) (i32.const ${FREE}))`;
const two = (call: string): string => `(call $${call} (i32.const ${FREE}) (i32.const ${FREE + 8}))`;

export const hosts: readonly LoopClass[] = [
  host('sched_yield', '(call $sched_yield)'),
  host('fd_seek', '(call $fd_seek (i32.const 1) (i64.const 0) (i32.const 0) (i32.const 0))'),
  host(
    'path_open',
    '(call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 0))',
  ),
  host('fd_close', '(call $fd_close (i32.const 7))'),
  host('fd_fdstat_get', `(call $fd_fdstat_get (i32.const 1) (i32.const ${FREE}))`),
  host('fd_filestat_get', `(call $fd_filestat_get (i32.const 1) (i32.const ${FREE}))`),
  host('environ_get', two('environ_get')),
  host('environ_sizes_get', two('environ_sizes_get')),
  host('args_sizes_get', two('args_sizes_get')),
  host('args_sizes_get of 4,096', two('args_sizes_get'), { args: manyArgs }),
  host('args_get', two('args_get'), { args: ['one', 'two'] }),
  host('args_get of 4,096', `(call $args_get (i32.const ${FREE}) (i32.const 32768))`, { args: manyArgs }),
  host('args_get of 4 KiB', `(call $args_get (i32.const ${FREE}) (i32.const 32768))`, {
    args: ['x'.repeat(4_095)],
  }),
  host('clock_res_get', `(call $clock_res_get (i32.const 0) (i32.const ${FREE}))`),
  host('clock_time_get', `(call $clock_time_get (i32.const 0) (i64.const 0) (i32.const ${FREE}))`),
  ...[0, 32, 4_096].map((length) =>
    host(`random_get of ${length} bytes`, `(call $random_get (i32.const ${FREE}) (i32.const ${length}))`),
  ),
  host('fd_read at the end', io('fd_read', 0, 1), { setup: vectors(100) }),
  host(`fd_read of ${MANY} buffers at the end`, io('fd_read', 0, MANY), { setup: vectors(100) }),
  host('fd_write of nothing', io('fd_write', 1, 1), { setup: vectors(0) }),
  host(`fd_write of ${MANY} empty buffers`, io('fd_write', 1, MANY), { setup: vectors(0) }),
];
