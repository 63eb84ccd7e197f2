/** The errors of WASI preview1 that the profile answers with. */
export const ERRNO = {
  success: 0,
  badf: 8,
  inval: 28,
  nosys: 52,
  notdir: 54,
  spipe: 70,
} as const;

export type Errno = (typeof ERRNO)[keyof typeof ERRNO];
