import { GenericAuthorization } from 'cosmjs-types/cosmos/authz/v1beta1/authz';
import { MsgExec, MsgGrant } from 'cosmjs-types/cosmos/authz/v1beta1/tx';
import { MsgSend } from 'cosmjs-types/cosmos/bank/v1beta1/tx';
import { MsgWithdrawDelegatorReward } from 'cosmjs-types/cosmos/distribution/v1beta1/tx';
import { AllowedMsgAllowance, BasicAllowance } from 'cosmjs-types/cosmos/feegrant/v1beta1/feegrant';
import { MsgGrantAllowance } from 'cosmjs-types/cosmos/feegrant/v1beta1/tx';
import { MsgDelegate, MsgUndelegate } from 'cosmjs-types/cosmos/staking/v1beta1/tx';
import { Any } from 'cosmjs-types/google/protobuf/any';
import type { MerkleProof } from '../../types/batch.js';
import type { Message, MessageParams, MessageType } from '../../types/message.js';
import type { Address } from '../../types/primitives.js';
import type { WorkerOffer } from '../../types/worker.js';
import { gzip } from '../../util/gzip.js';
import { coin, coins } from '../coin.js';
import { fromJobSpec } from '../convert/job.js';
import * as audit from '../gen/dmcn/audit/v1/tx.js';
import * as task from '../gen/dmcn/task/v1/tx.js';
import * as worker from '../gen/dmcn/worker/v1/tx.js';
import { toTimestamp } from './timestamp.js';

interface Codec<W> {
  fromPartial(message: W): W;
  encode(message: W): { finish(): Uint8Array };
}

/** How one kind of message goes over the wire. */
interface WireMessage<P> {
  readonly typeUrl: string;
  readonly encode: (params: P, signer: Address) => Promise<Any>;
}

function wire<P, W>(
  typeUrl: string,
  codec: Pick<Codec<W>, 'encode'>,
  convert: (params: P, signer: Address) => W | Promise<W>,
): WireMessage<P> {
  const encode = async (params: P, signer: Address) =>
    Any.fromPartial({ typeUrl, value: codec.encode(await convert(params, signer)).finish() });
  return { typeUrl, encode };
}

/** A message of `operator`, sent by x/authz where another account signs it. */
function inNameOf<P extends { readonly operator: Address }>(message: WireMessage<P>): WireMessage<P> {
  const encode = async (params: P, signer: Address) => {
    const own = await message.encode(params, params.operator);
    if (signer === params.operator) return own;
    const exec = MsgExec.encode({ grantee: signer, msgs: [own] }).finish();
    return Any.fromPartial({ typeUrl: MsgExec.typeUrl, value: exec });
  };
  return { ...message, encode };
}

const proofOf = ({ aunts, ...rest }: MerkleProof) => ({ ...rest, aunts: [...aunts] });

const offer = ({ ask, features, modules, ...rest }: WorkerOffer) => ({
  ...rest,
  ask: String(ask),
  features: [...features],
  modules: [...modules],
});

/** Every message by its name. */
const wireMessages: { readonly [T in MessageType]: WireMessage<MessageParams[T]> } = {
  registerWorker: wire('/dmcn.worker.v1.MsgRegister', worker.MsgRegister, ({ bond, ...rest }, owner) => ({
    owner,
    ...offer(rest),
    bond: String(bond),
  })),
  updateWorker: wire('/dmcn.worker.v1.MsgUpdate', worker.MsgUpdate, (params, owner) => ({
    owner,
    ...offer(params),
  })),
  pauseWorker: wire('/dmcn.worker.v1.MsgPause', worker.MsgPause, ({ owner }, signer) => ({ signer, owner })),
  resumeWorker: wire('/dmcn.worker.v1.MsgResume', worker.MsgResume, ({ owner }, signer) => ({
    signer,
    owner,
  })),
  bond: wire('/dmcn.worker.v1.MsgBond', worker.MsgBond, ({ amount }, owner) => ({
    owner,
    amount: String(amount),
  })),
  withdraw: wire('/dmcn.worker.v1.MsgWithdraw', worker.MsgWithdraw, ({ amount }, owner) => ({
    owner,
    amount: String(amount),
  })),

  storeModule: wire(
    '/dmcn.task.v1.MsgStoreModule',
    task.MsgStoreModule,
    async ({ code, ...rest }, author) => ({
      author,
      ...rest,
      code: await gzip(code),
    }),
  ),
  removeModule: wire('/dmcn.task.v1.MsgRemoveModule', task.MsgRemoveModule, ({ moduleId }, author) => ({
    author,
    moduleId,
  })),
  submitJob: wire('/dmcn.task.v1.MsgSubmitJob', task.MsgSubmitJob, ({ spec, maxEscrow }, requester) => ({
    requester,
    spec: fromJobSpec(spec),
    maxEscrow: String(maxEscrow),
  })),
  cancelJob: wire('/dmcn.task.v1.MsgCancelJob', task.MsgCancelJob, (params, requester) => ({
    requester,
    ...params,
  })),
  confirmInputs: wire(
    '/dmcn.task.v1.MsgConfirmInputs',
    task.MsgConfirmInputs,
    ({ jobId, locators }, requester) => ({
      requester,
      jobId,
      locators: [...locators],
    }),
  ),
  acceptOffer: wire('/dmcn.task.v1.MsgAcceptOffer', task.MsgAcceptOffer, (params, operator) => ({
    operator,
    ...params,
  })),
  commit: wire('/dmcn.task.v1.MsgCommit', task.MsgCommit, (params, operator) => ({
    operator,
    ...params,
    wrappedKeys: [...params.wrappedKeys],
    locators: [...params.locators],
  })),
  open: wire('/dmcn.task.v1.MsgOpen', task.MsgOpen, (params, opener) => ({
    opener,
    ...params,
    leaves: [...params.leaves],
  })),
  reportMissingInput: wire(
    '/dmcn.task.v1.MsgReportMissingInput',
    task.MsgReportMissingInput,
    (params, operator) => ({ operator, ...params }),
  ),
  acceptBatch: wire('/dmcn.task.v1.MsgAcceptBatch', task.MsgAcceptBatch, (params, requester) => ({
    requester,
    ...params,
  })),
  demandOutput: wire('/dmcn.task.v1.MsgDemandOutput', task.MsgDemandOutput, (params, requester) => ({
    requester,
    ...params,
  })),
  postOutput: wire('/dmcn.task.v1.MsgPostOutput', task.MsgPostOutput, (params, poster) => ({
    poster,
    ...params,
    proof: proofOf(params.proof),
  })),

  postAudit: wire('/dmcn.audit.v1.MsgPostAudit', audit.MsgPostAudit, (params, operator) => ({
    operator,
    ...params,
    hashes: [...params.hashes],
  })),
  showKey: wire('/dmcn.audit.v1.MsgShowKey', audit.MsgShowKey, (params, signer) => ({ signer, ...params })),
  challenge: wire('/dmcn.audit.v1.MsgChallenge', audit.MsgChallenge, (params, challenger) => ({
    challenger,
    ...params,
    leafProof: proofOf(params.leafProof),
    inputProof: proofOf(params.inputProof),
    deposit: String(params.deposit),
  })),
  postInput: wire('/dmcn.audit.v1.MsgPostInput', audit.MsgPostInput, (params, poster) => ({
    poster,
    ...params,
    proof: proofOf(params.proof),
  })),
  registerReferee: wire(
    '/dmcn.audit.v1.MsgRegisterReferee',
    audit.MsgRegisterReferee,
    (params, operator) => ({
      operator,
      ...params,
    }),
  ),
  commitVote: inNameOf(wire('/dmcn.audit.v1.MsgCommitVote', audit.MsgCommitVote, (params) => params)),
  revealVote: inNameOf(wire('/dmcn.audit.v1.MsgRevealVote', audit.MsgRevealVote, (params) => params)),
  grantMessages: wire(
    '/cosmos.authz.v1beta1.MsgGrant',
    MsgGrant,
    ({ grantee, message, expiration }, granter) => ({
      granter,
      grantee,
      grant: {
        authorization: authorization(message),
        ...(expiration && { expiration: timestampOf(expiration) }),
      },
    }),
  ),

  send: wire('/cosmos.bank.v1beta1.MsgSend', MsgSend, ({ to, amount }, fromAddress) => ({
    fromAddress,
    toAddress: to,
    amount: coins(amount),
  })),
  delegate: wire('/cosmos.staking.v1beta1.MsgDelegate', MsgDelegate, (params, delegatorAddress) => ({
    delegatorAddress,
    validatorAddress: params.validator,
    amount: coin(params.amount),
  })),
  undelegate: wire('/cosmos.staking.v1beta1.MsgUndelegate', MsgUndelegate, (params, delegatorAddress) => ({
    delegatorAddress,
    validatorAddress: params.validator,
    amount: coin(params.amount),
  })),
  withdrawRewards: wire(
    '/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward',
    MsgWithdrawDelegatorReward,
    ({ validator }, delegatorAddress) => ({ delegatorAddress, validatorAddress: validator }),
  ),
  grantFees: wire('/cosmos.feegrant.v1beta1.MsgGrantAllowance', MsgGrantAllowance, (params, granter) => ({
    granter,
    grantee: params.grantee,
    allowance: allowance(params),
  })),
};

const timestampOf = (date: Date) => toTimestamp(BigInt(date.getTime()) * 1_000_000n);

const authorization = (type: MessageType): Any =>
  Any.fromPartial({
    typeUrl: GenericAuthorization.typeUrl,
    value: GenericAuthorization.encode({ msg: wireMessages[type].typeUrl }).finish(),
  });

function allowance({ spendLimit, expiration, messages }: MessageParams['grantFees']): Any {
  const basic = Any.fromPartial({
    typeUrl: BasicAllowance.typeUrl,
    value: BasicAllowance.encode({
      spendLimit: spendLimit === undefined ? [] : coins(spendLimit),
      ...(expiration && { expiration: timestampOf(expiration) }),
    }).finish(),
  });
  if (!messages) return basic;
  return Any.fromPartial({
    typeUrl: AllowedMsgAllowance.typeUrl,
    value: AllowedMsgAllowance.encode({
      allowance: basic,
      allowedMessages: messages.map((type) => wireMessages[type].typeUrl),
    }).finish(),
  });
}

/** A message as the chain reads it, in the signer's name. */
export function encodeMessage<T extends MessageType>(message: Message<T>, signer: Address): Promise<Any> {
  const { type, ...params } = message;
  const table: { readonly [K in T]: WireMessage<MessageParams[K]> } = wireMessages;
  return table[type as T].encode(params as unknown as MessageParams[T], signer);
}

/** The chain's name of a kind of message. */
export const typeUrlOf = (type: MessageType): string => wireMessages[type].typeUrl;

/** The kind of message that the chain names so; undefined where this system has none. */
export const messageTypeOf = (typeUrl: string): MessageType | undefined =>
  (Object.keys(wireMessages) as MessageType[]).find((type) => wireMessages[type].typeUrl === typeUrl);
