import type { DisputeRecord } from '@dmcn/chain-client';

/** What is under way for disputes that take votes, so that it ends when they do not any more. */
export class Executions {
  private readonly controllers = new Map<bigint, AbortController>();

  /** A signal that aborts when the dispute takes no votes, or when `stop` does. */
  signalOf(dispute: bigint, stop: AbortSignal): AbortSignal {
    const controller = this.controllers.get(dispute) ?? new AbortController();
    this.controllers.set(dispute, controller);
    return AbortSignal.any([controller.signal, stop]);
  }

  /** Ends what is under way for all disputes but those. */
  endAllBut(due: readonly DisputeRecord[]): void {
    const ids = new Set(due.map(({ dispute }) => dispute.id));
    for (const [id, controller] of this.controllers) {
      if (ids.has(id)) continue;
      controller.abort(new Error(`dispute ${id} takes no more votes`));
      this.controllers.delete(id);
    }
  }
}
