import { describe } from 'vitest';
import { followInEachLanguage } from './support/guide-languages.js';

describe.concurrent('the guide to task modules, with packages from the registry', () =>
  followInEachLanguage(true));
