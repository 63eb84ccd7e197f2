/**
 * The figures of one benchmark in the output of `go test -bench`, by their units, `ns/op` among them. Throws `RangeError`
 * where it is not in the output.
 */
export function goBenchmark(output: string, name: string): Map<string, number> {
  const line = output.split('\n').find((each) => each.startsWith(`${name}-`) || each.startsWith(`${name} `));
  const [, , ...fields] = line?.trim().split(/\s+/) ?? [];
  const figures = new Map<string, number>();
  for (let i = 0; i + 1 < fields.length; i += 2) figures.set(fields[i + 1] ?? '', Number(fields[i]));
  if (figures.size === 0) throw new RangeError(`no figures of ${name} in: ${output.trim()}`);
  return figures;
}
