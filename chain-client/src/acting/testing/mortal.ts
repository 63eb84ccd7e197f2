/** Where a process dies: at the n-th call of a name, before or after the call did something. */
export interface Death {
  readonly call: string;
  readonly when: 'before' | 'after';
}

const never = new Promise<never>(() => {});

/** A process that may die at any of its calls to the outside: from then on nothing that it does has an effect. */
export class Mortal {
  /** The calls that it made, each with its number among those of its name. */
  readonly calls: string[] = [];
  readonly death: Promise<void>;
  private readonly counts = new Map<string, number>();
  private dead = false;
  private die: () => void = () => {};

  constructor(private readonly fate?: Death) {
    this.death = new Promise((resolve) => {
      this.die = resolve;
    });
  }

  get hasDied(): boolean {
    return this.dead;
  }

  async call<T>(name: string, effect: () => T | Promise<T>): Promise<T> {
    if (this.dead) return never;
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    const call = `${name} #${count}`;
    this.calls.push(call);
    const isLast = this.fate?.call === call;
    if (isLast && this.fate?.when === 'before') {
      this.kill();
      return never;
    }
    try {
      return await effect();
    } finally {
      if (isLast) this.kill();
      // biome-ignore lint/correctness/noUnsafeFinally: the dead learn nothing, neither results nor errors
      if (this.dead) return never;
    }
  }

  /** Ends it from outside. */
  kill(): void {
    this.dead = true;
    this.die();
  }
}
