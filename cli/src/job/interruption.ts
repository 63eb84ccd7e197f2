import type { Context } from '../context.js';

/** Says what to do where the user interrupts a submission. */
export async function whileRepeatable<T>({ signal, out }: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) {
      out.progress(
        'interrupted; the same command again goes on where this one was, and submits nothing twice',
      );
    }
    throw error;
  }
}

/** Says how to go on where the user interrupts. */
export async function whileResumable(
  { signal, out }: Context,
  jobId: bigint,
  directory: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const resume = `dmcn job fetch ${jobId} --output ${directory}`;
    out.progress(
      signal.aborted
        ? `job ${jobId} goes on; resume with "${resume}"`
        : `job ${jobId} goes on; try "${resume}"`,
    );
    throw error;
  }
}
