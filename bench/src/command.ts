import { spawn } from 'node:child_process';

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Drops what it writes to stderr. */
  readonly quiet?: boolean;
}

/** Runs a command and resolves with what it wrote to stdout; stderr goes to ours. Rejects where it fails. */
export function output(
  command: string,
  args: readonly string[],
  { cwd, env = {}, quiet = false }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve(text);
      else
        reject(new Error(`"${command} ${args.join(' ')}" ended with ${code}: ${text.slice(-2_000).trim()}`));
    });
  });
}
