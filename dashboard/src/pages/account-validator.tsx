import type { ResultOf } from 'gql.tada';
import { graphql } from '../api/graphql.js';
import { whole } from '../format/numbers.js';
import { count, shortened } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { accountOf } from '../model/validator.js';
import { Address, Amount, Dmc, Figure, Figures, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { VerdictText } from '../ui/verdict.js';

export const VALIDATING = graphql(`
  fragment Validating on Validator {
    operator
    moniker
    stake
    status
    jailed
    commission
    proposed
    liveProposed
    lastProposedHeight
    keyHeight
    voteCount
    earned
    absenceCount
    jailedCount
    referee {
      account
      registeredHeight
    }
    votes(first: 10) {
      edges {
        node {
          disputeId
          power
          revealedHeight
          absent
          jailed
          earned
          dispute {
            state
            verdict
          }
        }
      }
    }
  }
`);

type Of = ResultOf<typeof VALIDATING>;

const ofVote = ({
  absent,
  jailed,
  revealedHeight,
}: ReturnType<typeof nodes<Of['votes']['edges'][number]['node']>>[number]) => {
  if (revealedHeight !== null) return `shown at block ${whole(revealedHeight)}`;
  if (!absent) return 'not shown yet';
  return <span class="trouble">{jailed ? 'absent, jailed' : 'absent'}</span>;
};

/** An account as the operator of a validator: the blocks that it made, and what its referee did. */
export const AsValidator = ({ of }: { readonly of: Of }) => (
  <Section title="As a validator" aside={<code title={of.operator}>{shortened(of.operator, 18, 6)}</code>}>
    <Figures>
      <Figure
        name="Staked"
        note={
          <span class={of.jailed ? 'trouble' : ''}>
            {[of.moniker, of.jailed ? 'jailed' : (of.status ?? 'gone')].filter(Boolean).join(', ')}
          </span>
        }
      >
        <Dmc udmc={of.stake} places={2} />
      </Figure>
      <Figure
        name="Blocks made"
        note={
          of.lastProposedHeight === null ? 'none yet' : `the last one was ${whole(of.lastProposedHeight)}`
        }
      >
        {whole(of.proposed)}
      </Figure>
      <Figure
        name="Random values"
        note={
          of.keyHeight === null ? 'with its key of the first block' : `key of block ${whole(of.keyHeight)}`
        }
      >
        {whole(of.liveProposed)}
      </Figure>
      <Figure name="Votes" note="in disputes, by its referee">
        {whole(of.voteCount)}
      </Figure>
      <Figure name="Earned" note="by those votes">
        <Dmc udmc={of.earned} places={4} />
      </Figure>
      <Figure name="Absences" note={`jailed for ${whole(of.jailedCount)} of them`}>
        {whole(of.absenceCount)}
      </Figure>
    </Figures>
    <p class="soft">
      {of.referee === null ? (
        'No referee votes for it: it is absent from every dispute.'
      ) : (
        <>
          Its referee <Address of={of.referee.account} /> votes since block{' '}
          {whole(of.referee.registeredHeight)}.
        </>
      )}
    </p>
    {of.votes.edges.length > 0 && (
      <Table
        caption="The newest votes of the validator's referee"
        rows={nodes(of.votes)}
        columns={[
          { name: 'Dispute', cell: ({ disputeId }) => <a href={`/disputes/${disputeId}`}>{disputeId}</a> },
          { name: 'Vote', cell: ofVote },
          {
            name: 'Outcome',
            cell: ({ dispute }) => <VerdictText state={dispute.state} verdict={dispute.verdict} />,
          },
          { name: 'Earned, DMC', cell: ({ earned }) => earned && <Amount udmc={earned} />, number: true },
        ]}
      />
    )}
  </Section>
);

interface Referee {
  readonly validator: string;
  readonly registeredHeight: number;
}

/** An account that votes for validators. */
export const AsReferee = ({ of }: { readonly of: readonly Referee[] }) => (
  <Section title="As a referee" aside={`of ${of.length} ${count(of.length, 'validator')}`}>
    <Table
      caption="Validators that the account votes for"
      rows={of}
      columns={[
        {
          name: 'Votes for the validator of',
          cell: ({ validator }) => <Address of={accountOf(validator) ?? validator} />,
        },
        { name: 'Since block', cell: ({ registeredHeight }) => whole(registeredHeight), number: true },
      ]}
    />
  </Section>
);
