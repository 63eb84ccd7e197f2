/** Where tasks of one machine wait for each other. */
export interface Turns {
  /** Runs a task when those that came before it are over. */
  next<T>(task: () => Promise<T>): Promise<T>;
  /** Runs a task before all that wait and did not ask for that. */
  first<T>(task: () => Promise<T>): Promise<T>;
}

/** Runs tasks one after the other. */
export function createTurns(): Turns {
  const urgent: (() => Promise<void>)[] = [];
  const usual: (() => Promise<void>)[] = [];
  let busy = false;
  const go = async () => {
    if (busy) return;
    busy = true;
    for (let run = urgent.shift() ?? usual.shift(); run; run = urgent.shift() ?? usual.shift()) await run();
    busy = false;
  };
  const enter =
    (queue: (() => Promise<void>)[]) =>
    <T>(task: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        queue.push(() => Promise.resolve().then(task).then(resolve, reject));
        void go();
      });
  return { next: enter(usual), first: enter(urgent) };
}
