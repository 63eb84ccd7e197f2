import type { ChainClient, EventData, EventType, PlacedEvent } from '@dmcn/chain-client';
import { until } from './until.js';

type Data<T extends EventType> = EventData[T] & { readonly at: number };

/** All events of a chain, each block read once, from its first one on. */
export class Chronicle {
  private readonly events: PlacedEvent[] = [];
  private readonly end = new AbortController();
  private failure: unknown;
  private head = 0;

  static of(chain: ChainClient): Chronicle {
    const chronicle = new Chronicle();
    chronicle.read(chain).catch((error: unknown) => {
      chronicle.failure = error;
    });
    return chronicle;
  }

  /** Newest height that is read. */
  get height(): number {
    return this.head;
  }

  /** The data of events of a type, in order, with the heights at which they happened. */
  all<T extends EventType>(type: T, isIt: (data: EventData[T]) => boolean = () => true): Data<T>[] {
    return this.events.flatMap((event) =>
      event.type === type && isIt(event.data as EventData[T])
        ? [{ ...(event.data as EventData[T]), at: event.height }]
        : [],
    );
  }

  /** The first such event, once there is one. */
  first<T extends EventType>(
    type: T,
    isIt: (data: EventData[T]) => boolean,
    seconds = 600,
  ): Promise<Data<T>> {
    return this.when(type, seconds, () => this.all(type, isIt)[0]);
  }

  /** What `ask` finds in the events, once it finds something. */
  when<R>(what: string, seconds: number, ask: () => R | undefined | false): Promise<R> {
    const look = () => {
      if (this.failure) throw this.failure;
      return ask();
    };
    return until(what, look, seconds, 50);
  }

  stop(): void {
    this.end.abort();
  }

  private async read(chain: ChainClient): Promise<void> {
    const { signal } = this.end;
    try {
      for await (const { height, events } of chain.blocks({ from: 1, signal })) {
        this.events.push(...events);
        this.head = height;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
