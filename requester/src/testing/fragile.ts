/** Nothing of this process happens any more. */
const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** A process that dies at a chosen step: before the step has an effect, or after it had and before anybody was told. */
export class Mortal {
  private steps = 0;
  private isDead = false;
  readonly died: Promise<'died'>;
  private die: () => void = () => {};

  /** Dies at this step, from 0; every effect has two steps. Never, unless given. */
  constructor(private readonly deathAt = Number.POSITIVE_INFINITY) {
    this.died = new Promise((resolve) => {
      this.die = () => {
        this.isDead = true;
        resolve('died');
      };
    });
  }

  /** Steps that were lived through. */
  get lived(): number {
    return this.steps;
  }

  /** Does something to the world outside, unless death comes first. */
  async act<T>(effect: () => T | Promise<T>): Promise<T> {
    if (!this.survives()) return never();
    const result = await effect();
    return this.survives() ? result : never();
  }

  /** Runs a life to its end: what it resolves with, or `died`. */
  live<T>(life: () => Promise<T>): Promise<T | 'died'> {
    return Promise.race([life(), this.died]);
  }

  private survives(): boolean {
    if (this.isDead) return false;
    if (this.steps === this.deathAt) this.die();
    else this.steps += 1;
    return !this.isDead;
  }
}
