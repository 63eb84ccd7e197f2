import { isDevnet } from './devnet/chain-id.js';

const DEFAULT_RPC_PORT = 26_657;
const DEFAULT_FAUCET_PORT = 4_002;

/** Where a devnet's faucet is, seen from one of its nodes; undefined for other chains. */
export function faucetBeside(node: string, chainId: string): string | undefined {
  if (!isDevnet(chainId)) return undefined;
  const url = new URL(node);
  const offset = Number(url.port || DEFAULT_RPC_PORT) - DEFAULT_RPC_PORT;
  url.port = String(DEFAULT_FAUCET_PORT + offset);
  return url.origin;
}

/** Asks a faucet for udmc and waits until they are there. Rejects with what the faucet says. */
export async function askFaucet(
  faucet: string,
  address: string,
  amount: bigint,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(`${faucet}/fund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address, amount: String(amount) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
  });
  const { error } = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(error ?? `HTTP status ${response.status}`);
}
