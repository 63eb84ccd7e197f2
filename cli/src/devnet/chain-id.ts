/** Whether a chain is a devnet: its keys need no password, and cheaters may work on it. */
export const isDevnet = (chainId: string): boolean => chainId.startsWith('dmcn-devnet');
