/** What an execution tells about its answer. */
export interface Outcome {
  /** Heights that it was answered from; one for each operation. */
  readonly heights: number[];
  /** An operation failed, was refused, or was no query. */
  failed: boolean;
  /** The text of the operation, also where the request named it by its hash. */
  text: string | undefined;
}
