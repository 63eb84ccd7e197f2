/** SQL, a statement a line. */
export const QUERIES: Readonly<Record<string, string>> = {
  queries: `create table unit(id integer primary key, job int, worker text, gas int, pay real)
with recursive n(i) as (values(1) union all select i + 1 from n where i < 2000) insert into unit select i, i % 17, 'w' || (i * 7919 % 31), i * i % 100003, i / 7.0 from n
create index by_worker on unit(worker, gas)
select job, count(*), sum(gas), round(avg(pay), 6), min(worker), max(worker) from unit group by job order by 3 desc
select worker, total(pay), group_concat(id, ',') from unit where gas between 1000 and 9000 group by worker having count(*) > 3 order by worker limit 10
select a.id, b.id from unit a join unit b on a.gas = b.gas and a.id < b.id order by 1 limit 20
select id, gas, row_number() over (partition by job order by gas desc, id) r, lag(gas, 1, -1) over (order by id) p from unit where id < 40 order by job, r
select json_group_array(json_object('id', id, 'pay', pay)) from unit where id % 400 = 3
begin
update unit set pay = pay * 1.5 where job in (select job from unit group by job having sum(gas) > 5000000)
savepoint s
delete from unit where id % 3 = 0
rollback to s
commit
select count(*), printf('%.10f', sum(pay)), typeof(sum(gas)), hex(zeroblob(3)), quote(x'00ff'), abs(random()) >= 0 from unit
explain query plan select * from unit where worker = 'w3' and gas > 10`,
  text: `create virtual table book using fts5(line)
insert into book values('the worker commits'), ('the auditor opens'), ('a worker and an auditor'), ('größe und maß')
select rowid, line, highlight(book, 0, '<', '>') from book where book match 'worker or auditor' order by rowid
select upper('straße'), length('💡'), unicode('é'), like('A%', 'abc'), 'a' glob '[a-c]', replace('banana', 'an', 'AN'), substr('abcdef', -3, 2)
create virtual table place using rtree(id, x0, x1, y0, y1)
with recursive n(i) as (values(0) union all select i + 1 from n where i < 300) insert into place select i, i % 20, i % 20 + 1.5, i / 20, i / 20 + 0.5 from n
select id, x0, y1 from place where x0 > 3.25 and x1 < 7 and y0 >= 2 and y1 < 4.75 order by id
select strftime('%Y-%m-%d %H:%M:%f', 'now'), julianday('2026-11-25'), date('2024-02-29', '+1 year')`,
  numbers: `select 9223372036854775807 + 1, -9223372036854775808, 1e308 * 10, 0.1 + 0.2, 1/0, 5 % -3, -5 / 2, cast('12abc' as int), round(2.5), round(-2.675, 2)
select printf('%.17g|%e|%x|%08.3f|%s', 1.0/3, 12345.678, 255, -3.14159, null), 1 << 63, ~0, 3 & 5, 7 > null, null is null
with recursive p(n, d) as (values(2, 2) union all select case when d * d > n then n + 1 when n % d = 0 then n + 1 else n end, case when d * d > n or n % d = 0 then 2 else d + 1 end from p where n < 300) select count(*), max(n) from p`,
  errors: `select * from nothing
creat table x
create table x(a unique check(a > 0))
insert into x values(1), (1)
insert into x values(-1)
select count(*) from x
select sum(9223372036854775807) + sum(9223372036854775807)
select json('{bad')
attach 'file.db' as other
select ${'('.repeat(500)}1${')'.repeat(500)}`,
  nothing: '',
};

/** Patterns, each with the text that it is for on the next line. */
export const PATTERNS: Readonly<Record<string, string>> = {
  patterns: String.raw`(\w+)@(\w+)\.com
write to someone@example.com or to nobody@nowhere.com today
(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)
from 2026-11-25 to 2027-01-02, not 26-1-1
\b(?:(\d+)|([a-z]+))\b(?=,)
12, abc, 7x, end,
^(?:(?=.*\d)(?=.*[a-z]).{4,})$
passw0rd
(a+)+$
aaaaaaaaaaaaaa!
\((?:[^()]++|(?R))*\)
f(a(b)(c(d)))g(h)) (i
(?i)straße|größe
STRASSE Straße GRÖSSE gröSSE GRÖßE
\p{Lu}\p{Ll}+
Élan Ωmega Жук plain
(?<=€)\d+(?:\.\d\d)?
€12.50 $13 €7
(\w)(\w)\2\1
abba noon toot text`,
  wrong: String.raw`(unclosed
x
[z-a]
x
*
x
(?<=a+)b
aab
\p{Nothing}
x`,
  'bad-utf-8': 'a.b\naéb a\u{1f4a1}b',
  nothing: '',
};

/** Scripts for an interpreter that has print(). */
export const SCRIPTS: Readonly<Record<string, string>> = {
  algorithms: `
    const sieve = (n) => { const out = [], no = new Uint8Array(n + 1); for (let i = 2; i <= n; i++) if (!no[i]) { out.push(i); for (let j = i * i; j <= n; j += i) no[j] = 1; } return out; };
    print(sieve(5000).length, sieve(5000).at(-1));
    let big = 1n; for (let i = 1n; i <= 200n; i++) big *= i; print(String(big), big % 1000007n);
    const words = 'the worker opens what the worker committed to the chain'.split(' ');
    print(JSON.stringify(words.reduce((m, w) => ({ ...m, [w]: (m[w] ?? 0) + 1 }), {})));
    print([5, 3, 11, 1].sort().join(), [5, 3, 11, 1].sort((a, b) => a - b).join());
    class A { #x = 1; get x() { return this.#x++; } static make() { return new this(); } } const a = A.make(); print(a.x + a.x, a instanceof A);
    function* count() { let i = 0; while (true) { const r = yield i++; if (r) return r; } } const c = count(); print(c.next().value, c.next().value, JSON.stringify(c.next('end')));
    print('2026-11-25 and 1999-01-02'.replace(/(\\d+)-(\\d+)-(\\d+)/g, '$3.$2.$1'), /(?<=w)o(?<r>r+)/u.exec('wor')?.groups.r);
    Promise.resolve(1).then((x) => { print('then', x); throw new Error('late'); }).catch((e) => print('caught', e.message));
    (async () => { for await (const x of [1, Promise.resolve(2)]) print('await', x); })();
    const m = new Map([[NaN, 'nan'], [-0, 'zero']]); print(m.get(NaN), m.get(0), [...m.keys()].map((k) => Object.is(k, 0)).join());`,
  numbers: `
    print([0.1 + 0.2, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308, -0, 1 / -0, NaN].map(String).join(' '));
    print((25).toString(36), (0.1).toString(2), (1.005).toFixed(2), (123.456).toPrecision(4), (1e21).toLocaleString === undefined, parseFloat('1e1000'));
    const g = new Float32Array([0.1, 1 / 3, 3e38 * 2]), v = new Uint32Array(g.buffer); print([...v].map((x) => x.toString(16)).join());
    print(Math.fround(5.5), Math.clz32(1), Math.imul(0xffffffff, 5), Math.sqrt(2), Math.hypot(3, 4), Math.trunc(-4.7), Math.sign(-0), 2 ** 31 | 0, -1 >>> 0, 7 % -3, -7 % 3);
    let x = 1; for (let i = 0; i < 3000; i++) x = (x * 16807) % 2147483647; print(x);`,
  'nan-bits': `
    const f = new Float64Array(3), u = new Uint32Array(f.buffer); f[0] = 0 / 0; f[1] = -(0 / 0); f[2] = Infinity - Infinity; print([...u].map((x) => x.toString(16)).join());
    const d = new DataView(new ArrayBuffer(8)); d.setUint32(0, 0xfff12345); print(d.getFloat64(0)); d.setFloat64(0, d.getFloat64(0)); print(d.getUint32(0).toString(16));`,
  recursion: `const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); print(fib(18));`,
  memory: `
    try { const parts = []; for (;;) parts.push(new Array(10000).fill(parts.length)); } catch (e) { print(e.name, e.message); }
    try { 'x'.repeat(2 ** 30 - 2); } catch (e) { print(e.name); }
    const cycle = {}; cycle.self = cycle; try { JSON.stringify(cycle); } catch (e) { print(e.name); } print('alive');`,
  throws: `print('before'); null.property;`,
  'not-a-script': 'let let = {',
  nothing: '',
};
