import { fromBech32, toBech32 } from '@cosmjs/encoding';
import { InvalidAddressError } from '../errors/index.js';
import type { Address } from '../types/primitives.js';

/** Prefix of accounts. */
export const addressPrefix = 'dmcn';

const validatorPrefix = `${addressPrefix}valoper`;
const addressLength = 20;
/** Of bech32 (BIP 173). The library has no usable default. */
const maxAddressText = 90;

/** The 20 raw bytes of an account. Throws `InvalidAddressError`. */
export const addressBytes = (address: Address): Uint8Array => bytesOf(address, addressPrefix);

/** The account of 20 raw bytes. Throws `InvalidAddressError`. */
export function addressFromBytes(bytes: Uint8Array): Address {
  if (bytes.length !== addressLength) {
    throw new InvalidAddressError(`of ${bytes.length} bytes`, 'accounts have 20 bytes');
  }
  return toBech32(addressPrefix, bytes);
}

/** The operator address of the validator that an account operates. Throws `InvalidAddressError`. */
export const validatorOf = (operator: Address): string => toBech32(validatorPrefix, addressBytes(operator));

/** The account that operates a validator. Throws `InvalidAddressError`. */
export const operatorOf = (validator: string): Address =>
  addressFromBytes(bytesOf(validator, validatorPrefix));

function bytesOf(address: string, wanted: string): Uint8Array {
  const { prefix, data } = decode(address);
  if (prefix !== wanted) throw new InvalidAddressError(address, `its prefix is not ${wanted}`);
  if (data.length !== addressLength)
    throw new InvalidAddressError(address, `it has ${data.length} bytes, not 20`);
  return data;
}

function decode(address: Address) {
  try {
    return fromBech32(address, maxAddressText);
  } catch (cause) {
    throw new InvalidAddressError(address, 'it is not bech32', cause);
  }
}
