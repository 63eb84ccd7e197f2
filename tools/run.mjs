import { spawn } from 'node:child_process';

/**
 * Runs a command with its output on stderr, so that stdout stays free for documents; `onLine` gets the lines of its stdout
 * instead, `onErrorLine` those of its stderr.
 * Resolves with the exit code; rejects where the command cannot be started.
 */
export function run(command, args, { cwd, env, onLine, onErrorLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', onLine ? 'pipe' : 2, onErrorLine ? 'pipe' : 2],
    });
    if (onLine) eachLine(child.stdout, onLine);
    if (onErrorLine) eachLine(child.stderr, onErrorLine);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  stream.on('end', () => rest && onLine(rest));
}
