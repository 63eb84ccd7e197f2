import type { Context } from '../context.js';
import { pauseNoteIn, readAtHome } from './at-home.js';
import { openWorkerHome } from './home.js';

/** Takes the worker out of the draw, for as long as its user wants. */
export async function pauseWorker(context: Context): Promise<void> {
  const chain = await context.chain();
  const { owner } = await openWorkerHome(context, chain.chainId);
  const { worker } = await chain.worker(owner.signer.address);
  const note = pauseNoteIn(context.home);
  const isNew = note.read() !== 'user';
  note.write('user');
  if (worker.status === 'Paused' && isNew) {
    return context.out.result(
      { status: 'Paused' },
      () => 'it was paused already, and now stays so until "dmcn worker resume"',
    );
  }
  const { hash, height } = await chain.pauseWorker({ owner: worker.owner }, { signer: owner.signer });
  context.out.result({ status: 'Paused', hash, height }, () => `paused at height ${height}`);
}

/** Puts the worker back into the draw, or leaves that to its schedule where that is closed. */
export async function resumeWorker(context: Context): Promise<void> {
  const chain = await context.chain();
  const { owner } = await openWorkerHome(context, chain.chainId);
  const note = pauseNoteIn(context.home);
  const { running, shift } = await readAtHome(context.home, Date.now());
  if (running && shift && !shift.open) {
    note.write('schedule');
    const opens = shift.until === undefined ? undefined : new Date(shift.until).toISOString();
    return context.out.result(
      { status: 'Paused', opens },
      () => `it comes back when its schedule opens${opens === undefined ? '' : `, at ${opens}`}`,
    );
  }
  const { hash, height } = await chain.resumeWorker(
    { owner: owner.signer.address },
    { signer: owner.signer },
  );
  note.write(undefined);
  context.out.result({ status: 'Active', hash, height }, () => `resumed at height ${height}`);
}
