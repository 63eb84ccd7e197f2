import { BadResponseError } from '../errors/index.js';
import type { ChainEvent, EventType } from '../types/events.js';
import type { Message, MessageParams, MessageType } from '../types/message.js';
import type { Receipt } from '../types/receipt.js';
import type { MessageMethods, SubmitOptions } from './writer.js';

type Submit = (messages: readonly Message[], options: SubmitOptions) => Promise<Receipt>;

/** One method for each message, for adapters to build their clients with: all they need is `submit`. */
export function messageMethods(submit: Submit): MessageMethods {
  const one =
    <T extends MessageType>(type: T) =>
    (params: MessageParams[T], options: SubmitOptions): Promise<Receipt> =>
      submit([{ ...params, type } as Message], options);
  const [storeModule, submitJob, challenge] = [one('storeModule'), one('submitJob'), one('challenge')];
  return {
    registerWorker: one('registerWorker'),
    updateWorker: one('updateWorker'),
    pauseWorker: one('pauseWorker'),
    resumeWorker: one('resumeWorker'),
    bond: one('bond'),
    withdraw: one('withdraw'),
    storeModule: async (params, options) => {
      const receipt = await storeModule(params, options);
      return { ...receipt, moduleId: eventOf(receipt, 'ModuleStored').data.module.id };
    },
    removeModule: one('removeModule'),
    submitJob: async (params, options) => {
      const receipt = await submitJob(params, options);
      const { id, funded } = eventOf(receipt, 'JobSubmitted').data.job;
      return { ...receipt, jobId: id, escrow: funded };
    },
    cancelJob: one('cancelJob'),
    confirmInputs: one('confirmInputs'),
    acceptOffer: one('acceptOffer'),
    commit: one('commit'),
    open: one('open'),
    reportMissingInput: one('reportMissingInput'),
    acceptBatch: one('acceptBatch'),
    demandOutput: one('demandOutput'),
    postOutput: one('postOutput'),
    postAudit: one('postAudit'),
    showKey: one('showKey'),
    challenge: async (params, options) => {
      const receipt = await challenge(params, options);
      return { ...receipt, disputeId: eventOf(receipt, 'DisputeOpened').data.dispute.id };
    },
    postInput: one('postInput'),
    registerReferee: one('registerReferee'),
    commitVote: one('commitVote'),
    revealVote: one('revealVote'),
    grantMessages: one('grantMessages'),
    send: one('send'),
    delegate: one('delegate'),
    undelegate: one('undelegate'),
    withdrawRewards: one('withdrawRewards'),
    grantFees: one('grantFees'),
  };
}

/** The first event of a type. Throws `BadResponseError` where a receipt lacks it. */
export function eventOf<T extends EventType>({ hash, events }: Receipt, type: T): ChainEvent<T> {
  const found = events.find((event): event is typeof event & ChainEvent<T> => event.type === type);
  if (!found) throw new BadResponseError(`transaction ${hash}`, `it has no event ${type}`);
  return found;
}
