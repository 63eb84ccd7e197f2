import { describe } from 'vitest';
import { followInEachLanguage } from './support/guide-languages.js';

describe.concurrent('the guide to task modules, with compilers that are here', () =>
  followInEachLanguage(false));
