import { fromBech32, toBech32 } from '@cosmjs/encoding';
import { InvalidAddressError } from '../errors/index.js';
import type { Address } from '../types/primitives.js';

/** Prefix of accounts. */
export const addressPrefix = 'dmcn';

const addressLength = 20;
/** Of bech32 (BIP 173). The library has no usable default. */
const maxAddressText = 90;

/** The 20 raw bytes of an account. Throws `InvalidAddressError`. */
export function addressBytes(address: Address): Uint8Array {
  const { prefix, data } = decode(address);
  if (prefix !== addressPrefix) throw new InvalidAddressError(address, `its prefix is not ${addressPrefix}`);
  if (data.length !== addressLength)
    throw new InvalidAddressError(address, `it has ${data.length} bytes, not 20`);
  return data;
}

/** The account of 20 raw bytes. Throws `InvalidAddressError`. */
export function addressFromBytes(bytes: Uint8Array): Address {
  if (bytes.length !== addressLength) {
    throw new InvalidAddressError(`of ${bytes.length} bytes`, 'accounts have 20 bytes');
  }
  return toBech32(addressPrefix, bytes);
}

/** The operator address of the validator that an account operates. Throws `InvalidAddressError`. */
export const validatorOf = (operator: Address): string =>
  toBech32(`${addressPrefix}valoper`, addressBytes(operator));

function decode(address: Address) {
  try {
    return fromBech32(address, maxAddressText);
  } catch (cause) {
    throw new InvalidAddressError(address, 'it is not bech32', cause);
  }
}
