import { it } from 'vitest';
import { crowd } from '../testing/crowd.js';

it('takes ten thousand uploads at once', () => crowd(10_000));
