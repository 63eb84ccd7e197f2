import type { ResultOf } from 'gql.tada';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { dmc, scaled, share, whole } from '../format/numbers.js';
import { count, shortened, words } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { Meter } from '../ui/cells.js';
import { Page, Shown } from '../ui/page.js';
import { Address, Dmc, Figure, Figures, Measure, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';

const VALIDATORS = graphql(`
  query Validators {
    network {
      supply
      staked
      minted
      burned
      bondedValidators
    }
    validators(first: 100, orderBy: STAKE_DESC) {
      totalCount
      edges {
        node {
          operator
          moniker
          stake
          status
          jailed
          commission
          proposed
          absenceCount
        }
      }
    }
    proposals(first: 15) {
      totalCount
      edges {
        node {
          id
          title
          status
          proposer
          voteCount
          submittedHeight
          tally {
            yes
            no
            noWithVeto
            abstain
          }
        }
      }
    }
  }
`);

type Data = ResultOf<typeof VALIDATORS>;
type Tally = NonNullable<Data['proposals']['edges'][number]['node']['tally']>;

/** Part of a large amount in whole percent. */
const partOf = (part: string, of: string): number =>
  BigInt(of) === 0n ? 0 : share(Number((BigInt(part) * 10_000n) / BigInt(of)), 10_000);

const tallied = ({ yes, no, noWithVeto, abstain }: Tally): string => {
  const all = [yes, no, noWithVeto, abstain].reduce((sum, part) => sum + BigInt(part), 0n);
  return all === 0n ? 'nobody voted' : `${partOf(yes, String(all))} % yes`;
};

const MANY = 10n ** 12n;

/** An amount that fits beside others: a million DMC and more with three digits and a prefix. */
const Coins = ({ udmc }: { readonly udmc: string }) => {
  if (BigInt(udmc) < MANY) return <Dmc udmc={udmc} places={2} />;
  const { value, prefix } = scaled(BigInt(udmc) / 1_000_000n);
  return <Measure value={value} unit={`${prefix} DMC`} />;
};

const Summary = ({ network, validators }: Data) => (
  <Figures>
    <Figure name="Validators" note={`of ${whole(validators.totalCount)} sign blocks`}>
      {whole(network.bondedValidators)}
    </Figure>
    <Figure name="Staked" note={`${partOf(network.staked, network.supply) || 'less than 1'} % of all coins`}>
      <Coins udmc={network.staked} />
    </Figure>
    <Figure name="Supply" note={`${dmc(network.supply, 2)} DMC`}>
      <Coins udmc={network.supply} />
    </Figure>
    <Figure name="Minted" note="since the first block">
      <Coins udmc={network.minted} />
    </Figure>
    <Figure name="Burned" note="since the first block">
      <Coins udmc={network.burned} />
    </Figure>
  </Figures>
);

const Listed = ({ validators, network }: Data) => (
  <Table
    caption="Validators, by what is staked on them"
    rows={nodes(validators)}
    empty="No validator is known yet."
    columns={[
      {
        name: 'Validator',
        cell: ({ operator, moniker }) => (
          <a href={`/accounts/${operator}`} title={operator}>
            {shortened(moniker, 24, 0) || shortened(operator, 16, 4)}
          </a>
        ),
      },
      {
        name: 'Status',
        cell: ({ status, jailed }) => (
          <span class={jailed ? 'trouble' : status === 'bonded' ? '' : 'soft'}>
            {jailed ? 'jailed' : (status ?? 'gone')}
          </span>
        ),
      },
      {
        name: 'Part',
        cell: ({ stake }) => (
          <Meter value={partOf(stake, network.staked)} of={100} name="Percent of what is staked" />
        ),
        from: 'tablet',
      },
      {
        name: 'Commission',
        cell: ({ commission }) => commission && `${Number((Number(commission) * 100).toFixed(2))} %`,
        number: true,
        from: 'tablet',
      },
      { name: 'Blocks', cell: ({ proposed }) => whole(proposed), number: true, from: 'tablet' },
      {
        name: 'Absences',
        cell: ({ absenceCount }) => whole(absenceCount),
        number: true,
        from: 'desk',
      },
      { name: 'Staked, DMC', cell: ({ stake }) => dmc(stake, 2), number: true },
    ]}
  />
);

const Proposals = ({ proposals }: Data) => (
  <Section
    title="Proposals"
    aside={`${whole(proposals.totalCount)} ${count(proposals.totalCount, 'proposal')}`}
  >
    <Table
      caption="The newest proposals"
      rows={nodes(proposals)}
      empty="Nothing was proposed yet."
      columns={[
        { name: 'No.', cell: ({ id }) => id },
        { name: 'Title', cell: ({ title }) => shortened(title, 48, 0) || 'without a title' },
        { name: 'By', cell: ({ proposer }) => <Address of={proposer} />, from: 'tablet' },
        {
          name: 'Since block',
          cell: ({ submittedHeight }) => whole(submittedHeight),
          number: true,
          from: 'desk',
        },
        {
          name: 'Votes',
          cell: ({ tally, voteCount }) =>
            tally ? tallied(tally) : `${whole(voteCount)} ${count(voteCount, 'vote')}`,
          number: true,
          from: 'tablet',
        },
        {
          name: 'State',
          cell: ({ status }) => <span class={status === 'Failed' ? 'trouble' : ''}>{words(status)}</span>,
          number: true,
        },
      ]}
    />
  </Section>
);

/** Who makes the blocks, with what at stake, and what they are asked to decide. */
export function Validators() {
  const asked = useAnswer(VALIDATORS, {});
  return (
    <Shown asked={asked} title="Validators">
      {(data) => (
        <Page title="Validators">
          <Summary {...data} />
          <Section title="By stake">
            <Listed {...data} />
          </Section>
          <Proposals {...data} />
        </Page>
      )}
    </Shown>
  );
}
