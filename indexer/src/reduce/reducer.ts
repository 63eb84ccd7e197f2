import type { EventData, EventType } from '@dmcn/chain-client';
import type { Change } from '../model/change.js';
import type { State } from '../model/state.js';

/** Where an event stands. */
export interface Place {
  readonly height: number;
  /** Among the events of its block. */
  readonly position: number;
}

/** What an event does to the rows. Pure: the same state, event and place give the same changes. */
export type Reducer<T extends EventType> = (state: State, data: EventData[T], at: Place) => readonly Change[];
