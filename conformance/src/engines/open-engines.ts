import type { Engine, EngineKind } from './engine.js';

export interface OpenEngines {
  readonly engines: readonly Engine[];
  /** Why each of the others is missing. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

/** Starts the engines that are on this machine, in the order of their kinds. */
export async function openEngines(kinds: readonly EngineKind[]): Promise<OpenEngines> {
  const opened = await Promise.allSettled(kinds.map((kind) => kind.open()));
  const engines = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const missing = opened.flatMap((result, index) =>
    result.status === 'rejected' ? [`${kinds[index]?.name}: ${(result.reason as Error).message}`] : [],
  );
  return {
    engines,
    missing,
    close: async () => void (await Promise.all(engines.map((engine) => engine.close()))),
  };
}
