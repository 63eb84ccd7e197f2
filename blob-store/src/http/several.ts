import { BlobUnreachableError } from '../errors.js';
import type { Call } from './exchange.js';
import { mostTelling } from './locators.js';
import type { RestingLocators } from './resting.js';
import { pause, type RetryPolicy } from './retry.js';
import type { Upload } from './upload.js';

/** The servers of a store and how patient it is with them. */
export interface Servers {
  readonly locators: readonly string[];
  readonly resting: RestingLocators;
  readonly policy: RetryPolicy;
}

/** Something that is tried at one server; each try goes on with what the one before has reached. */
type Try<T> = () => Promise<T>;
type Make<T> = (call: Call) => Try<T>;
type BlobCall = Omit<Call, 'locator'>;

/** Tries every server in turn until one succeeds, then all again whose failure was transient. */
export async function inTurn<T>(servers: Servers, call: BlobCall, make: Make<T>): Promise<T> {
  const { locators, resting, policy } = servers;
  const failures = new Map<string, unknown>();
  let tries = resting.order(locators).map((locator) => ({ locator, attempt: make({ ...call, locator }) }));
  for (let round = 1; ; round++) {
    for (const { locator, attempt } of tries) {
      try {
        return await watched(resting, locator, attempt);
      } catch (error) {
        call.signal?.throwIfAborted();
        failures.set(locator, error);
      }
    }
    tries = tries.filter(({ locator }) => failures.get(locator) instanceof BlobUnreachableError);
    if (tries.length === 0 || round >= policy.attempts) throw mostTelling([...failures.values()], locators);
    await pause(round, policy, call.signal);
  }
}

/**
 * Uploads a blob to all servers side by side, to those that rest only where no other one takes it. One copy is enough:
 * then the others are not tried again. An upload that has come further since the last try starts its tries anew.
 */
export async function copyToAll(
  servers: Servers,
  call: BlobCall,
  make: (call: Call) => Upload,
  onFailed: (locator: string, error: unknown) => void = () => {},
): Promise<void> {
  const { locators, resting, policy } = servers;
  const failures: unknown[] = [];
  let copies = 0;
  const copyTo = async (locator: string): Promise<void> => {
    const upload = make({ ...call, locator });
    for (let round = 1, before = 0; ; round++) {
      try {
        await watched(resting, locator, upload.attempt);
        copies += 1;
        return;
      } catch (error) {
        call.signal?.throwIfAborted();
        if (upload.position() > before) round = 1;
        before = upload.position();
        if (!(error instanceof BlobUnreachableError) || copies > 0 || round >= policy.attempts) {
          failures.push(error);
          return onFailed(locator, error);
        }
      }
      await pause(round, policy, call.signal);
    }
  };
  const rests = locators.filter((locator) => resting.isResting(locator));
  await Promise.all(locators.filter((locator) => !rests.includes(locator)).map(copyTo));
  if (copies === 0) await Promise.all(rests.map(copyTo));
  if (copies === 0) throw mostTelling(failures, locators);
}

async function watched<T>(resting: RestingLocators, locator: string, attempt: Try<T>): Promise<T> {
  try {
    const result = await attempt();
    resting.answered(locator);
    return result;
  } catch (error) {
    if (error instanceof BlobUnreachableError) resting.failed(locator);
    throw error;
  }
}
