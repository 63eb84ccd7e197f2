/**
 * Runs contenders in turn, A B A B, so that whatever else the machine does meets all of them alike. Returns what each
 * gave in each round.
 */
export async function alternate<C extends string, S>(
  contenders: readonly C[],
  rounds: number,
  run: (contender: C, round: number) => Promise<S>,
): Promise<Record<C, readonly S[]>> {
  const samples = Object.fromEntries(contenders.map((each) => [each, [] as S[]])) as Record<C, S[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) samples[contender].push(await run(contender, round));
  }
  return samples;
}
