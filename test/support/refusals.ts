import { ChainRejectedError } from '@dmcn/chain-client';
import { expect } from 'vitest';

/** Makes a transaction reach a block without asking beforehand whether it would succeed, so that it pays its fee. */
const unasked = { gasLimit: 800_000n };

/** Expects that the chain executes a transaction and refuses it for a reason. */
export async function refused(
  reason: string,
  submit: (options: { readonly gasLimit: bigint }) => Promise<unknown>,
): Promise<void> {
  const error = await submit(unasked).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error, `wanted ${reason}`).toBeInstanceOf(ChainRejectedError);
  if (!(error instanceof ChainRejectedError)) return;
  expect(error.reason, error.message).toBe(reason);
  expect(error.height, `${error.message} was refused before it reached a block`).toBeGreaterThan(0);
}

/** Something that the chain has to refuse, with the reason. */
export type Refusal = readonly [reason: string, submit: Parameters<typeof refused>[1]];

/** Expects all of these to be refused. They go out together, so that no deadline passes meanwhile. */
export async function allRefused(...refusals: readonly Refusal[]): Promise<void> {
  await Promise.all(refusals.map(([reason, submit]) => refused(reason, submit)));
}
