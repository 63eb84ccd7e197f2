import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { everyPage } from '@dmcn/chain-client';
import { modulesInIndex } from '@dmcn/chain-client/indexed';
import { bytesToHex } from '@dmcn/protocol';
import { publishModule } from '@dmcn/requester';
import { check, type Finding, formatFinding } from '@dmcn/runtime';
import { createExecutor } from '@dmcn/runtime/node';
import type { Command } from 'commander';
import { readProgram } from '../files.js';
import { bigintOption, parse } from '../options.js';
import { table } from '../output.js';
import { readThrough, showAnswer } from '../reading.js';
import { createTxJournal } from '../tx-journal.js';
import { type MakeContext, noun, verb } from '../verb.js';

const MIB = 1024 * 1024;

/** Why a program is refused, for a person: a reason a line, what to change below it. */
function checkReport(file: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${file} is accepted`;
  const reasons = findings.map(({ hint, ...reason }) => {
    const advice = hint === undefined ? '' : `\n    fix: ${hint}`;
    return `  ${formatFinding(reason)}${advice}`;
  });
  const count = findings.length === 1 ? 'for one reason' : `for ${findings.length} reasons`;
  return [`${file} is refused, ${count}:`, ...reasons].join('\n');
}

export function addModule(program: Command, makeContext: MakeContext): void {
  const module = noun(program, 'module', 'task modules: programs compiled to WebAssembly');

  verb(
    module,
    'check <file>',
    'tells why a program is refused, all findings at once',
    'dmcn module check task.wasm',
  ).action(async (file: string, options) => {
    const { out } = makeContext(options);
    const findings = check(await readProgram(file));
    out.result({ accepted: findings.length === 0, findings }, () => checkReport(file, findings));
    if (findings.length > 0) process.exitCode = 1;
  });

  verb(
    module,
    'run <file>',
    'runs one unit on this machine',
    'dmcn module run task.wasm --input data.txt --json',
  )
    .requiredOption('--input <file>', 'what the unit reads from stdin')
    .option('--args <arg...>', 'arguments after argv[0]', [])
    .addOption(bigintOption('--gas-limit <gas>', 'most gas of the unit', parse.amount, 2_000_000_000n))
    .option('--memory <mib>', 'memory of the unit in MiB', parse.integer(1, 512), 64)
    .option(
      '--unit <number>',
      'index of the unit, which its randomness depends on',
      parse.integer(0, 2 ** 20 - 1),
      0,
    )
    .option('--output <file>', 'where to write the output (default: stdout, unless --json)')
    .action(async (file: string, options) => {
      const { out, json, signal } = makeContext(options);
      const [program, input] = await Promise.all([readProgram(file), readFile(options.input)]);
      const executor = createExecutor();
      try {
        const { status, exitCode, gas, output } = await executor.run({
          module: program,
          input,
          unit: options.unit,
          args: options.args,
          gasLimit: options.gasLimit,
          memoryLimit: options.memory * MIB,
          signal,
          onStderr: (bytes) => process.stderr.write(bytes),
        });
        if (options.output) await writeFile(options.output, output);
        else if (!json) process.stdout.write(output);
        const outputSha256 = createHash('sha256').update(output).digest('hex');
        if (json) out.result({ status, exitCode, gas, outputSha256 }, () => '');
        else
          out.progress(
            `${status}, exit code ${exitCode}, ${gas} gas, ${output.length} bytes, SHA-256 ${outputSha256}`,
          );
      } finally {
        await executor.close();
      }
    });

  verb(
    module,
    'publish <file>',
    'stores a program on chain against a deposit',
    'dmcn module publish task.wasm --royalty 500',
  )
    .option(
      '--royalty <bps>',
      'what its author earns on top of the work paid, in basis points',
      parse.integer(0, 2_000),
      0,
    )
    .option('--name <label>', 'a label for people (default: the file name)')
    .action(async (file: string, options) => {
      const context = makeContext(options);
      const code = await readProgram(file);
      const { signer } = await context.account();
      const chain = await context.chain();
      const journal = createTxJournal(context.home, chain.chainId);
      const { moduleId, stored, deposit } = await publishModule({ chain, journal }, code, {
        name: options.name ?? basename(file),
        royaltyBps: options.royalty,
        signer,
        signal: context.signal,
      });
      if (!stored) context.out.progress('the chain has this module already');
      context.out.result({ moduleId: bytesToHex(moduleId), stored, deposit }, () => bytesToHex(moduleId));
    });

  verb(module, 'list', 'lists the modules on chain', 'dmcn module list').action(async (options) => {
    const context = makeContext(options);
    const answered = await readThrough(context, modulesInIndex, (chain) =>
      everyPage((page) => chain.modules(page)),
    );
    showAnswer(
      context,
      answered,
      (modules) => modules.map(({ id, ...rest }) => ({ moduleId: bytesToHex(id), ...rest })),
      (modules) =>
        table(
          ['module', 'name', 'bytes', 'royalty', 'author'],
          modules.map((m) => [bytesToHex(m.id), m.name, String(m.size), `${m.royaltyBps / 100}%`, m.author]),
        ),
    );
  });
}
