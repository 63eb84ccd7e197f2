import { it } from 'vitest';
import { surviveKills } from '../testing/survive-kills.js';

const MIB = 1024 * 1024;

it('brings the largest blob there through ten kills of the server', () =>
  surviveKills({ size: 64 * MIB, kills: 10, perSecond: 16 * MIB }));
