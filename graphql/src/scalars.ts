import { GraphQLError } from 'graphql';
import { builder } from './builder.js';

const refuse = (value: unknown, expected: string): never => {
  throw new GraphQLError(`${JSON.stringify(value)} is not ${expected}`, {
    extensions: { code: 'BAD_ARGUMENT' },
  });
};

const parseUnsigned = (value: unknown): bigint =>
  /^\d{1,78}$/.test(String(value)) ? BigInt(String(value)) : refuse(value, 'an unsigned decimal number');

builder.scalarType('Amount', {
  description: 'Whole udmc as a decimal string; 1 DMC = 1000000 udmc. Prices are udmc for 10^9 gas.',
  serialize: (value) => value.toString(),
  parseValue: parseUnsigned,
});

builder.scalarType('UInt64', {
  description: 'Unsigned 64-bit integer as a decimal string.',
  serialize: (value) => value.toString(),
  parseValue: (value) => {
    const parsed = parseUnsigned(value);
    return parsed < 2n ** 64n ? parsed : refuse(value, 'an unsigned 64-bit number');
  },
});

builder.scalarType('Height', {
  description: 'Height of a block, as a number.',
  serialize: (value) => value,
  parseValue: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : refuse(value, 'a height'),
});

builder.scalarType('DateTime', {
  description: 'A time in UTC, ISO 8601.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const time = new Date(String(value));
    return Number.isNaN(time.getTime()) ? refuse(value, 'a time') : time;
  },
});

builder.scalarType('Hex', {
  description: 'Bytes in hex.',
  serialize: (value) => value,
  parseValue: (value) =>
    /^([0-9a-f]{2})*$/i.test(String(value)) ? String(value).toLowerCase() : refuse(value, 'hex'),
});
