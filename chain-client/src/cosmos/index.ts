export { addressBytes, addressFromBytes, addressPrefix } from './address.js';
export { denom } from './coin.js';
export { connectCosmos } from './connect.js';
export { kdfOf, sealWallet, unsealWallet } from './keys/seal.js';
export { isTextSignedBy, signText, type TextSignature } from './keys/sign-text.js';
export { secp256k1Signer } from './keys/signer.js';
export { createWallet, importWallet } from './keys/wallet.js';
export type { CosmosOptions } from './options.js';
export { createRegistry } from './registry.js';
