import { bech32 } from '@scure/base';

const SUFFIX = 'valoper';

const renamed = (address: string, prefix: (from: string) => string | undefined): string | undefined => {
  const decoded = bech32.decodeUnsafe(address) || undefined;
  const to = decoded && prefix(decoded.prefix);
  return decoded && to ? bech32.encode(to, decoded.words) : undefined;
};

/** The operator address of the validator that an account would operate; undefined for what is no account. */
export const operatorOf = (account: string): string | undefined =>
  renamed(account, (from) => (from.endsWith(SUFFIX) ? undefined : `${from}${SUFFIX}`));

/** The account that operates a validator; undefined for what is no operator address. */
export const accountOf = (operator: string): string | undefined =>
  renamed(operator, (from) => (from.endsWith(SUFFIX) ? from.slice(0, -SUFFIX.length) : undefined));
