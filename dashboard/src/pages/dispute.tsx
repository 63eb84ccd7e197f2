import type { ResultOf } from 'gql.tada';
import { useRoute } from 'preact-iso';
import { useAnswer } from '../api/use-answer.js';
import { share, whole } from '../format/numbers.js';
import { count, shortened, words } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { type Claim, claimsOf, type Leaf, sameLeaf } from '../model/evidence.js';
import { Facts } from '../ui/facts.js';
import { Missing, Page, Shown } from '../ui/page.js';
import { Address, Amount, Dmc, Figure, Figures, Measure, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { VerdictText } from '../ui/verdict.js';
import { DISPUTE } from './dispute.query.js';

type DisputeData = NonNullable<ResultOf<typeof DISPUTE>['dispute']>;
interface Of {
  readonly dispute: DisputeData;
}

const percent = (part: string, of: string): string => String(share(Number(part), Number(of)));

const Summary = ({ dispute, height }: Of & { readonly height: number }) => (
  <Figures>
    <Figure name="Committed" note="of the validators' power">
      <Measure value={percent(dispute.committedPower, dispute.totalPower)} unit="%" />
    </Figure>
    <Figure name="Revealed" note="more than half of it, for one result, decides">
      <Measure value={percent(dispute.revealedPower, dispute.totalPower)} unit="%" />
    </Figure>
    <Figure name="At stake" note="the bond of the whole batch">
      <Dmc udmc={dispute.lease.bond} places={4} />
    </Figure>
    {dispute.endedHeight === null ? (
      <Figure
        name="Blocks left"
        note={dispute.extended ? 'the time was given once more' : 'to the end of the votes'}
      >
        {dispute.startedHeight === null ? '\u2013' : whole(Math.max(0, dispute.deadline - height))}
      </Figure>
    ) : (
      <Figure name="Took" note={`decided at block ${whole(dispute.endedHeight)}`}>
        <Measure value={whole(dispute.endedHeight - dispute.postedHeight)} unit="blocks" />
      </Figure>
    )}
  </Figures>
);

const who = ({ worker, votes }: Claim): string => {
  const referees = `${votes} ${count(votes, 'referee')}`;
  if (!worker) return referees;
  return votes === 0 ? 'the worker' : `the worker and ${referees}`;
};

/** A leaf's field, set apart where it is not what the worker says. */
const Field = ({ of, own, field }: { readonly of: Leaf; readonly own: Leaf; readonly field: keyof Leaf }) => {
  const text = field === 'gas' ? whole(of.gas) : field === 'status' ? words(of.status) : String(of[field]);
  return <code class={of[field] === own[field] ? '' : 'trouble strong'}>{text}</code>;
};

function Evidence({ dispute }: Of) {
  const claims = claimsOf(dispute.leaf, nodes(dispute.votes));
  const own = dispute.leaf;
  return (
    <Section title="What each found" aside={`unit ${dispute.unitIndex}`}>
      <Table
        caption="Results that the worker and the referees found"
        rows={claims}
        columns={[
          { name: 'Found by', cell: who },
          { name: 'Status', cell: ({ leaf }) => <Field of={leaf} own={own} field="status" /> },
          {
            name: 'Exit code',
            cell: ({ leaf }) => <Field of={leaf} own={own} field="exitCode" />,
            number: true,
            from: 'tablet',
          },
          { name: 'Gas', cell: ({ leaf }) => <Field of={leaf} own={own} field="gas" />, number: true },
          {
            name: 'Power',
            cell: ({ power }) => `${percent(String(power), dispute.totalPower)} %`,
            number: true,
          },
        ]}
      />
      <dl class="hashes">
        {claims.map(({ leaf, ...claim }) => (
          <div key={leaf.outputHash}>
            <dt>{`Output by ${who({ leaf, ...claim })}, SHA-256`}</dt>
            <dd>
              <Field of={leaf} own={own} field="outputHash" />
            </dd>
          </div>
        ))}
        <div>
          <dt>Input, SHA-256</dt>
          <dd>
            <code>{dispute.inputHash}</code>
          </dd>
        </div>
      </dl>
    </Section>
  );
}

const About = ({ dispute }: Of) => (
  <Section title="How it came about">
    <Facts
      of={[
        [
          'Cause',
          dispute.cause === 'Audit' ? 'an audit differs from the opening' : 'somebody challenged the unit',
        ],
        [
          'Batch',
          <a
            key="b"
            href={`/jobs/${dispute.jobId}?batch=${dispute.batchIndex}`}
          >{`${dispute.batchIndex} of job ${dispute.jobId}, epoch ${dispute.epoch}`}</a>,
        ],
        ['Worker', <Address key="w" of={dispute.owner} kind="workers" />],
        [
          dispute.cause === 'Audit' ? 'Input shown by' : 'Challenger',
          <Address key="p" of={dispute.poster} />,
        ],
        ['Input shown at block', whole(dispute.postedHeight)],
        ['Votes since block', dispute.startedHeight === null ? 'not yet' : whole(dispute.startedHeight)],
        ['Deposit', dispute.deposit === '0' ? 'none' : <Dmc key="d" udmc={dispute.deposit} />],
        [
          'Deposit returned',
          dispute.depositReturnedHeight === null ? 'no' : `block ${whole(dispute.depositReturnedHeight)}`,
        ],
      ]}
    />
  </Section>
);

const Votes = ({ dispute }: Of) => (
  <Section title="Votes">
    <Table
      caption="Votes of the validators' referees"
      rows={nodes(dispute.votes)}
      empty="No referee has voted yet."
      columns={[
        {
          name: 'Validator',
          cell: ({ validator }) => (
            <a class="mono" href={`/accounts/${validator}`} title={validator}>
              {shortened(validator, 16, 4)}
            </a>
          ),
        },
        { name: 'Power', cell: ({ power }) => `${percent(power, dispute.totalPower)} %`, number: true },
        {
          name: 'Committed',
          cell: ({ committedHeight }) => (committedHeight === null ? '\u2013' : whole(committedHeight)),
          number: true,
          from: 'tablet',
        },
        {
          name: 'Revealed',
          cell: ({ revealedHeight }) => (revealedHeight === null ? '\u2013' : whole(revealedHeight)),
          number: true,
          from: 'tablet',
        },
        {
          name: 'Found',
          cell: ({ leaf, absent, jailed }) => {
            if (leaf)
              return sameLeaf(leaf, dispute.leaf) ? 'the same' : <span class="trouble">another result</span>;
            return absent ? (
              <span class="trouble">{jailed ? 'absent, jailed' : 'absent'}</span>
            ) : (
              'not shown yet'
            );
          },
        },
        {
          name: 'Earned, DMC',
          cell: ({ earned }) => earned && <Amount udmc={earned} />,
          number: true,
          from: 'tablet',
        },
      ]}
    />
  </Section>
);

const Audits = ({ dispute }: Of) => (
  <Section title="Audits of the batch">
    <Table
      caption="Audits of the disputed batch"
      rows={nodes(dispute.lease.audits)}
      empty="No auditor was drawn for this batch."
      columns={[
        {
          name: 'Auditor',
          cell: ({ auditorOwner }) =>
            auditorOwner ? <Address of={auditorOwner} kind="workers" /> : 'nobody yet',
        },
        {
          name: 'State',
          cell: ({ state }) => <span class={state === 'Differed' ? 'trouble' : ''}>{words(state)}</span>,
        },
        { name: 'Units', cell: ({ units }) => units.join(', '), number: true, from: 'tablet' },
        { name: 'Differing', cell: ({ differing }) => differing.join(', ') || 'none', number: true },
        {
          name: 'Deposit, DMC',
          cell: ({ deposit, lost }) => (
            <span class={lost ? 'trouble' : ''}>
              <Amount udmc={deposit} />
            </span>
          ),
          number: true,
          from: 'tablet',
        },
        { name: 'Fee, DMC', cell: ({ fee }) => fee && <Amount udmc={fee} />, number: true },
      ]}
    />
  </Section>
);

export function Dispute() {
  const { params } = useRoute();
  const id = params.id ?? '';
  const asked = useAnswer(DISPUTE, { id });
  return (
    <Shown asked={asked} title={`Dispute ${id}`}>
      {({ dispute }, height) =>
        dispute === null ? (
          <Missing title="No such dispute">
            There is no dispute {id} on this chain. See <a href="/disputes">all of them</a>.
          </Missing>
        ) : (
          <Page
            title={`Dispute ${dispute.id}`}
            lead={<VerdictText state={dispute.state} verdict={dispute.verdict} />}
          >
            <Summary dispute={dispute} height={height} />
            <Evidence dispute={dispute} />
            <About dispute={dispute} />
            <div class="columns">
              <Votes dispute={dispute} />
              <Audits dispute={dispute} />
            </div>
          </Page>
        )
      }
    </Shown>
  );
}
