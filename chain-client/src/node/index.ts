export { type KeyInfo, Keystore, type Protection } from './keystore.js';
