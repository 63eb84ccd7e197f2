import type { WorkerState } from './state.js';

/** Turns what goes on side by side into the one state that is shown: the newest, or what is left when it is over. */
export class Activity {
  private readonly states = new Map<string, WorkerState>();

  constructor(
    private resting: WorkerState,
    private readonly show: (state: WorkerState) => void,
  ) {}

  /** What to show while nothing goes on. */
  rest(state: WorkerState): void {
    this.resting = state;
    if (this.states.size === 0) this.show(state);
  }

  /** Something goes on, or goes on differently. */
  begin(what: string, state: WorkerState): void {
    this.states.delete(what);
    this.states.set(what, state);
    this.show(state);
  }

  end(what: string): void {
    if (this.states.delete(what)) this.show([...this.states.values()].at(-1) ?? this.resting);
  }
}
