import type { IncomingMessage } from 'node:http';

const nothing = Buffer.alloc(0);
const ignore = () => undefined;

/** Reads a request's body and hands it over; undefined for one that is larger than so many bytes. A client that goes away gets nothing. */
export const readBody = (
  request: IncomingMessage,
  most: number,
  then: (body: Buffer | undefined) => void,
): void => {
  let body: Buffer | undefined;
  let parts: Buffer[] | undefined;
  let length = 0;
  const take = (part: Buffer) => {
    length += part.length;
    if (length > most) {
      request.off('data', take).off('end', end).resume();
      then(undefined);
    } else if (body === undefined) {
      body = part;
    } else {
      parts ??= [body];
      parts.push(part);
    }
  };
  const end = () => then(parts === undefined ? (body ?? nothing) : Buffer.concat(parts));
  request.on('data', take).on('end', end).on('error', ignore);
};
