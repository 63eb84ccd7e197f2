import { CpuBudget } from './budget.js';
import { type CpuMeter, cpuMeter } from './meter.js';

/** A process that can be stopped and continued. */
export interface Stoppable {
  readonly pid?: number | undefined;
  kill(signal: 'SIGSTOP' | 'SIGCONT'): boolean;
}

/** A stopped process goes on once it may use this much, in milliseconds of CPU time. */
const SLICE = 20;

/** Bounds of the time between two looks at what was used, in milliseconds. */
const SHORTEST_LOOK = 5;
const LONGEST_LOOK = 50;
const LONGEST_STOP = 1_000;

/**
 * Keeps this process and its child together at a share of one core: stops the child whenever they have used what they may, and lets it go on a little
 * later. What counts is measured, so compilation on several threads, start-up and children that have ended are in it.
 */
export class CpuThrottle {
  readonly #budget: CpuBudget;
  #wall = performance.now();
  #own: number;
  #units: number | undefined;

  /** @param share of one core, above 0 and below 1 */
  constructor(
    private readonly share: number,
    private readonly meter: CpuMeter = cpuMeter,
  ) {
    this.#budget = new CpuBudget(share);
    this.#own = meter.own();
    this.#units = meter.units();
  }

  /** Throttles a child until the returned function is called; then it runs. One child at a time. */
  hold(child: Stoppable): () => void {
    let stopped = false;
    let timer: NodeJS.Timeout;
    this.#count(child.pid, false);
    const look = (): void => {
      this.#count(child.pid, !stopped);
      const { left } = this.#budget;
      const stop = left <= 0 || (stopped && left < SLICE);
      if (stop !== stopped) child.kill(stop ? 'SIGSTOP' : 'SIGCONT');
      stopped = stop;
      timer = setTimeout(look, stop ? this.#stopFor() : lookAfter(left, this.share));
    };
    look();
    return () => {
      clearTimeout(timer);
      this.#count(child.pid, !stopped);
      if (stopped) child.kill('SIGCONT');
    };
  }

  #stopFor(): number {
    return Math.min(this.#budget.timeUntil(SLICE), LONGEST_STOP);
  }

  /** Counts what was used since the last call. Where CPU time cannot be measured, a child that ran has used one core. */
  #count(child: number | undefined, ran: boolean): void {
    const [now, own, units] = [performance.now(), this.meter.own(), this.meter.units(child)];
    const wall = now - this.#wall;
    const supposed = ran ? wall : 0;
    const used = units === undefined || this.#units === undefined ? supposed : units - this.#units;
    this.#budget.spend({ wall, own: own - this.#own, units: used });
    [this.#wall, this.#own, this.#units] = [now, own, units];
  }
}

/** A child that uses one core has used what is left after left/(1-share); it may use several for a moment. */
const lookAfter = (left: number, share: number): number =>
  Math.min(Math.max(left / (2 * (1 - share)), SHORTEST_LOOK), LONGEST_LOOK);
