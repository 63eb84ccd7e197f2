/** What an event gives to a subscriber. */
export interface Given<T> {
  readonly items: readonly T[];
  /** Nothing comes after these. */
  readonly over?: boolean;
}

/**
 * Items that events give, one by one, after those of `first`. Unlike a generator it ends at once when it is told to,
 * also while it waits for the next event.
 */
export const streamOf = <E, T>(
  events: AsyncGenerator<E, void, undefined>,
  give: (event: E) => Given<T>,
  first: Given<T> = { items: [] },
): AsyncGenerator<T, void, undefined> => {
  const waiting: T[] = [...first.items];
  let over = first.over ?? false;
  const end = async (): Promise<IteratorReturnResult<void>> => {
    over = true;
    waiting.length = 0;
    await events.return();
    return { done: true, value: undefined };
  };
  const stream = {
    next: async (): Promise<IteratorResult<T, void>> => {
      while (waiting.length === 0 && !over) {
        const event = await events.next();
        if (event.done) return end();
        const given = give(event.value);
        waiting.push(...given.items);
        over ||= given.over ?? false;
      }
      const item = waiting.shift();
      return item === undefined ? end() : { done: false, value: item };
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => stream,
  };
  return stream as AsyncGenerator<T, void, undefined>;
};
