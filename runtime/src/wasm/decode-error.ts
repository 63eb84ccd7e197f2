/** The bytes are no WebAssembly module; `offset` is where reading stopped, counted from the file's start. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}
