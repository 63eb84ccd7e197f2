import { everyPage } from '@dmcn/chain-client';
import { formatDmc } from '@dmcn/protocol';
import type { Command } from 'commander';
import { parse } from '../options.js';
import { table } from '../output.js';
import { type MakeContext, noun, verb } from '../verb.js';

export function addStake(program: Command, makeContext: MakeContext): void {
  const stake = noun(program, 'stake', 'stake on validators, who run the chain');

  for (const [name, description] of [
    ['delegate', 'stakes coins on a validator'],
    ['undelegate', 'takes stake back; it arrives after the unbonding time'],
  ] as const) {
    verb(
      stake,
      `${name} <validator> <amount>`,
      description,
      `dmcn stake ${name} dmcnvaloper1... 10dmc`,
    ).action(async (validator: string, text: string, flags) => {
      const context = makeContext(flags);
      const amount = parse.money(text);
      const [chain, { signer }] = await Promise.all([context.chain(), context.account()]);
      const { hash, height } = await chain[name]({ validator, amount }, { signer, signal: context.signal });
      context.out.result({ validator, amount, hash, height }, () => `${name}d ${formatDmc(amount)} DMC`);
    });
  }

  verb(stake, 'rewards', 'shows validators, stake and what it has earned', 'dmcn stake rewards --withdraw')
    .option('--withdraw', 'withdraw what was earned')
    .action(async (flags) => {
      const context = makeContext(flags);
      const [chain, { signer }] = await Promise.all([context.chain(), context.account()]);
      const [validators, delegations] = await Promise.all([
        everyPage((page) => chain.validators(page)),
        chain.delegations(signer.address),
      ]);
      if (flags.withdraw && delegations.length > 0) {
        const messages = delegations.map(
          ({ validator }) => ({ type: 'withdrawRewards', validator }) as const,
        );
        await chain.submit(messages, { signer, signal: context.signal });
      }
      const withdrawn = flags.withdraw ?? false;
      context.out.result({ address: signer.address, withdrawn, delegations, validators }, () =>
        table(
          [
            'validator',
            'moniker',
            'status',
            'stake DMC',
            'yours DMC',
            withdrawn ? 'withdrawn DMC' : 'earned DMC',
          ],
          validators.map(({ operator, moniker, status, stake: all }) => {
            const own = delegations.find(({ validator }) => validator === operator);
            return [
              operator,
              moniker,
              status,
              formatDmc(all),
              formatDmc(own?.stake ?? 0n),
              formatDmc(own?.reward ?? 0n),
            ];
          }),
        ),
      );
    });
}
