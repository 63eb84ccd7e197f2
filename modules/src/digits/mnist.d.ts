declare module 'mnist' {
  /** All images of one digit. */
  interface Digit {
    readonly id: number;
    /** Number of images. */
    readonly length: number;
    /** Pixels from 0 (paper) to 1 (ink), 784 an image, image after image. */
    readonly raw: readonly number[];
  }
  const digits: readonly Digit[];
  export default digits;
}
