import { renameSync, writeFileSync } from 'node:fs';
import { toJson } from './output.js';

/** Replaces a file that tells what a process is doing, if there is room on the disk. */
export const statusFile =
  (path: string) =>
  (status: object): void => {
    try {
      writeFileSync(`${path}.new`, toJson(status));
      renameSync(`${path}.new`, path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
    }
  };
