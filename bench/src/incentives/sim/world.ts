import { runCoins } from './audit.js';
import { toChallenge } from './challenge.js';
import { submitJobs } from './job.js';
import { runDraws } from './lease.js';
import { Network } from './network.js';
import type { Scenario } from './types.js';

/** A simulated network, from its first job until nothing is left to happen. */
export class World extends Network {
  constructor(scenario: Scenario) {
    super(scenario, toChallenge);
    submitJobs(this);
  }

  run(): this {
    while (this.clocks.size + this.heights.size + this.pool.length + this.queue.length + this.coins.size > 0)
      this.tick();
    return this;
  }

  /** One block's time: what people do, and a block if the chain makes one. */
  tick(): void {
    this.clock += 1;
    this.clocks.run(this.clock);
    if (this.stopped) return;
    this.height += 1;
    for (const transaction of this.pool.splice(0)) transaction();
    this.heights.run(this.height);
    runCoins(this);
    runDraws(this);
  }
}
