/** What happens at which height, in the order in which it was put down. */
export class Calendar {
  readonly #days = new Map<number, (() => void)[]>();
  #entries = 0;

  /** Number of entries ahead. */
  get size(): number {
    return this.#entries;
  }

  put(height: number, action: () => void): void {
    const day = this.#days.get(height);
    if (day) day.push(action);
    else this.#days.set(height, [action]);
    this.#entries += 1;
  }

  /** Does everything of a height, also what is put down for it meanwhile. */
  run(height: number): void {
    const day = this.#days.get(height);
    if (day === undefined) return;
    for (let i = 0; i < day.length; i += 1) {
      this.#entries -= 1;
      day[i]?.();
    }
    this.#days.delete(height);
  }
}
