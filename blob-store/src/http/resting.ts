const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 600_000;

interface Rest {
  readonly untilMs: number;
  readonly lengthMs: number;
}

/** Locators that did not answer lately. They are asked last for a while, longer each time, until one answers again. */
export class RestingLocators {
  readonly #rests = new Map<string, Rest>();

  isResting(locator: string, nowMs = Date.now()): boolean {
    return (this.#rests.get(locator)?.untilMs ?? 0) > nowMs;
  }

  failed(locator: string, nowMs = Date.now()): void {
    const before = this.#rests.get(locator);
    if (before !== undefined && before.untilMs > nowMs) return;
    const lengthMs = before ? Math.min(2 * before.lengthMs, LONGEST_REST_MS) : FIRST_REST_MS;
    this.#rests.set(locator, { untilMs: nowMs + lengthMs, lengthMs });
  }

  answered(locator: string): void {
    this.#rests.delete(locator);
  }

  /** The same locators, those that rest behind the others. */
  order(locators: readonly string[], nowMs = Date.now()): string[] {
    const rests = (locator: string) => this.isResting(locator, nowMs);
    return [...locators.filter((each) => !rests(each)), ...locators.filter(rests)];
  }
}
