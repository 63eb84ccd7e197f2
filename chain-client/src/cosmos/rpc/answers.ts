import { GarbageError, TransportError } from './errors.js';
import { at } from './shape.js';

/** What a text says. Throws `GarbageError` where it is no JSON, or `TransportError` where the HTTP status told that already. */
export function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (status !== 200) throw new TransportError(`HTTP status ${status}`, { cause });
    throw new GarbageError(`not JSON: ${text.slice(0, 40)}`, { cause });
  }
}

/** A result that came and is parsed when it is wanted. */
export interface Answer {
  /** Of the text that it is in. */
  readonly size: number;
  /** Throws `GarbageError`. */
  readonly result: () => unknown;
}

/** How each answer begins in the text that nodes write, and how one that has a result. */
const BEGIN = '{"jsonrpc":"2.0","id":';
const RESULT = /^\{"jsonrpc":"2\.0","id":(\d{1,15}),"result":/;
const LONGEST_HEAD = 64;

/** The answers to a batch by their ids; not parsed yet where it is seen in the text where each begins. */
export function answersIn(text: string, status: number): ReadonlyMap<unknown, Answer | undefined> {
  if (!text.startsWith(`[${BEGIN}`) || !text.endsWith(']')) {
    const parsed = parse(text, status);
    // A node answers a batch of one with one answer, not with a list of one.
    const all: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return new Map(all.map((one) => parsedAnswer(one, Math.ceil(text.length / all.length))));
  }
  const answers: (readonly [unknown, Answer | undefined])[] = [];
  for (let from = 1; from < text.length; ) {
    const to = endOfAnswer(text, from);
    answers.push(answerOf(text.slice(from, to), status));
    from = to + 1;
  }
  return new Map(answers);
}

/** A part of `BEGIN` that begins with a rare letter and is short: engines search for that much faster. */
const MARK = 'jsonrp';
const BEFORE_MARK = `,${BEGIN}`.indexOf(MARK);

function endOfAnswer(text: string, from: number): number {
  for (let at = from + BEFORE_MARK; ; at += 1) {
    at = text.indexOf(MARK, at);
    if (at === -1) return text.length - 1;
    if (text.startsWith(`,${BEGIN}`, at - BEFORE_MARK)) return at - BEFORE_MARK;
  }
}

function answerOf(text: string, status: number): readonly [unknown, Answer | undefined] {
  const [head, id] = RESULT.exec(text.slice(0, LONGEST_HEAD)) ?? [];
  if (head === undefined) return parsedAnswer(parse(text, status), text.length);
  const result = text.slice(head.length, -1);
  return [Number(id), { size: result.length, result: () => parse(result, status) }];
}

function parsedAnswer(answer: unknown, size: number): readonly [unknown, Answer | undefined] {
  const result = at(answer, 'result') ?? undefined;
  return [at(answer, 'id'), result === undefined ? undefined : { size, result: () => result }];
}
