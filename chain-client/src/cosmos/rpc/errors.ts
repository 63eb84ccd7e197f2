/** The endpoint could not be reached, or is in no state to answer. */
export class TransportError extends Error {}

/** The endpoint's answer is no JSON-RPC answer. */
export class GarbageError extends Error {}

/** The node understood the request and answered with an error. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
    /** What went wrong, in the node's words. */
    readonly data: string,
  ) {
    super(data || message);
  }
}
