import { ERRNO, EXPORTS, LIMITS, PRICES, WASI_CALLS, WASI_MODULE, wasiResults } from '@dmcn/runtime';

/** What the program in Go is told of the profile: `host/profile/profile.go` reads it. */
export function profileLine(): string {
  const { inputByte, hostCall, hostVector, hostByte, randomByte } = PRICES;
  const { outputBytes, ioVectors } = LIMITS;
  const calls = Object.entries(WASI_CALLS).map(([name, { params, answer, pipe = false }]) => [
    name,
    { params, results: wasiResults(name), pipe, ...(answer === 'served' ? {} : { errno: answer }) },
  ]);
  return JSON.stringify({
    prices: { inputByte, hostCall, hostVector, hostByte, randomByte },
    limits: { outputBytes, ioVectors },
    exports: EXPORTS,
    module: WASI_MODULE,
    calls: Object.fromEntries(calls),
    errnos: { badf: ERRNO.badf, inval: ERRNO.inval },
  });
}
