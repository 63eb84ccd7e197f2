const TIMEOUT_MS = 3_000;

/** Whether a URL answers with success within three seconds. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  return response.ok;
}

/** Newest height of the node at an RPC address; undefined where none answers within three seconds. */
export async function heightOf(rpc: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${rpc}/status`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = (await response.json()) as { result: { sync_info: { latest_block_height: string } } };
    return Number(body.result.sync_info.latest_block_height);
  } catch {
    return undefined;
  }
}
