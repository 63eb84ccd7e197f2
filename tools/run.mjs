import { spawn } from 'node:child_process';

/**
 * Runs a command with its output on stderr, so that stdout stays free for documents.
 * Resolves with the exit code; rejects where the command cannot be started.
 */
export function run(command, args, { cwd, env, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', onLine ? 'pipe' : 2, 2],
    });
    if (onLine) {
      let rest = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onLine);
      });
      child.stdout.on('end', () => rest && onLine(rest));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
