import type { ResultOf } from 'gql.tada';
import { useRoute } from 'preact-iso';
import { useAnswer } from '../api/use-answer.js';
import { dmc, quantity, scaled, whole } from '../format/numbers.js';
import { words } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { sumTrack, trackOf } from '../model/history.js';
import { Chart } from '../ui/chart.js';
import { Facts } from '../ui/facts.js';
import { Missing, Page, Shown } from '../ui/page.js';
import { Address, Amount, Dmc, Figure, Figures, JobLink, Measure, ModuleLink, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { VerdictText } from '../ui/verdict.js';
import { Status } from '../ui/worker-table.js';
import { WORKER } from './worker.query.js';

type WorkerData = NonNullable<ResultOf<typeof WORKER>['worker']>;
interface Of {
  readonly worker: WorkerData;
}

const Summary = ({ worker }: Of) => {
  const gas = scaled(worker.gasPaid);
  return (
    <Figures>
      <Figure name="Reputation" note={`${(worker.availability / 100).toFixed(1)} % available`}>
        {whole(worker.reputation)}
      </Figure>
      <Figure name="Earned" note={`in ${whole(worker.batchesFinal)} batches`}>
        <Dmc udmc={worker.earned} places={4} />
      </Figure>
      <Figure name="Computed" note={`${whole(worker.unitsPaid)} units`}>
        <Measure value={gas.value} unit={`${gas.prefix}gas`} />
      </Figure>
      <Figure name="Ask" note="udmc for 10⁹ gas">
        {whole(worker.ask)}
      </Figure>
      <Figure name="Bond" note={`${dmc(worker.locked, 4)} DMC of it locked`}>
        <Dmc udmc={worker.bond} places={2} />
      </Figure>
    </Figures>
  );
};

function Charts({ worker, now }: Of & { readonly now: number }) {
  const reputation = trackOf(nodes(worker.reputationHistory), ({ newReputation }) => newReputation, now);
  const sums = [worker.minutes, worker.hours].find(({ totalCount }) => totalCount <= 100) ?? worker.days;
  const moves = nodes(sums).map(({ start, earned }) => ({ time: start, earned }));
  const earned = sumTrack(moves, (move) => Number(move.earned), Number(worker.earned), now);
  return (
    <div class="columns charts">
      <Section title="Reputation">
        <Chart
          label="Reputation over time"
          at={reputation.times}
          lines={[{ name: 'Reputation', values: reputation.values, shape: 'steps' }]}
          format={(value) => whole(Math.round(value))}
          fromZero={false}
        />
      </Section>
      <Section title="Earnings" aside="DMC, summed up">
        <Chart
          label="Sum of earnings over time, in DMC"
          at={earned.times}
          lines={[{ name: 'Earned', values: earned.values, shape: 'steps', filled: true }]}
          format={(value) => dmc(BigInt(Math.max(0, Math.round(value))))}
        />
      </Section>
    </div>
  );
}

const Terms = ({ worker }: Of) => (
  <Section title="About it">
    <Facts
      of={[
        ['Owner', <Address key="o" of={worker.owner} />],
        ['Operator', <Address key="p" of={worker.operator} />],
        ['Rate', `${quantity(worker.rate, 'gas')} a block`],
        ['Memory of a unit', `${whole(BigInt(worker.memory) / 1_048_576n)} MiB`],
        ['Gas limit of a unit', worker.maxGasLimit === '0' ? 'any' : quantity(worker.maxGasLimit, 'gas')],
        ['Features', worker.features.join(', ') || 'none'],
        ['Bond lots', whole(worker.lots)],
        ['Batches in work', whole(worker.load)],
        ['Offers missed in a row', whole(worker.missed)],
        ['Lapses', whole(worker.lapseCount)],
        ['Standing, audits matched', whole(worker.standing)],
        [
          'Frauds',
          worker.frauds === 0 ? (
            'none'
          ) : (
            <span key="f" class="trouble">
              {worker.frauds}
            </span>
          ),
        ],
        ...(worker.status === 'Jailed' ? [['Jailed until block', whole(worker.jailUntil)] as const] : []),
        ['Registered at block', whole(worker.registeredHeight)],
        [
          'Runs',
          worker.modules.length === 0
            ? 'every module'
            : worker.modules.map((id) => <ModuleLink key={id} id={id} name="" />),
        ],
      ]}
    />
  </Section>
);

const Trust = ({ worker }: Of) => (
  <div class="columns">
    <Section title="Audits that it did" aside={`${whole(worker.audits.totalCount)} in all`}>
      <Table
        caption="The newest audits that the worker was drawn for"
        rows={nodes(worker.audits)}
        empty="It was drawn for no audit yet."
        columns={[
          {
            name: 'Batch',
            cell: ({ jobId, batchIndex }) => (
              <a href={`/jobs/${jobId}?batch=${batchIndex}`}>{`${jobId}/${batchIndex}`}</a>
            ),
          },
          {
            name: 'Outcome',
            cell: ({ state }) => <span class={state === 'Differed' ? 'trouble' : ''}>{words(state)}</span>,
          },
          { name: 'Block', cell: ({ changedHeight }) => whole(changedHeight), number: true, from: 'tablet' },
          { name: 'Fee, DMC', cell: ({ fee }) => fee && <Amount udmc={fee} />, number: true },
        ]}
      />
    </Section>
    <Section title="Disputes about its work">
      <Table
        caption="The newest disputes about the worker's results"
        rows={nodes(worker.disputes)}
        empty="Nobody doubted a result of it."
        columns={[
          { name: 'Dispute', cell: ({ id }) => <a href={`/disputes/${id}`}>{id}</a> },
          { name: 'Unit', cell: ({ jobId, unitIndex }) => `${unitIndex} of job ${jobId}` },
          { name: 'Outcome', cell: (dispute) => <VerdictText {...dispute} /> },
        ]}
      />
      {worker.slashes.edges.length > 0 && (
        <Table
          caption="The newest slashes of the worker"
          rows={nodes(worker.slashes)}
          columns={[
            { name: 'Slashed at', cell: ({ height }) => whole(height) },
            { name: 'For', cell: ({ kind }) => words(kind) },
            { name: 'State', cell: ({ state }) => state },
            { name: 'Amount, DMC', cell: ({ amount }) => <Amount udmc={amount} />, number: true },
          ]}
        />
      )}
    </Section>
  </div>
);

const Leases = ({ worker }: Of) => (
  <Section title="Newest leases">
    <Table
      caption="The newest leases of the worker"
      rows={nodes(worker.leases)}
      empty="It was not drawn yet."
      columns={[
        { name: 'Job', cell: ({ jobId }) => <JobLink id={jobId} /> },
        {
          name: 'Batch',
          cell: ({ jobId, batchIndex }) => <a href={`/jobs/${jobId}?batch=${batchIndex}`}>{batchIndex}</a>,
        },
        { name: 'Drawn', cell: ({ drawnHeight }) => whole(drawnHeight), number: true, from: 'tablet' },
        { name: 'Ask', cell: ({ ask }) => whole(ask), number: true, from: 'desk' },
        {
          name: 'State',
          cell: ({ epoch, batch, endCause }) =>
            epoch === batch.epoch ? words(batch.state) : words(endCause ?? 'ended'),
        },
        { name: 'Bond, DMC', cell: ({ bond }) => <Amount udmc={bond} />, number: true },
      ]}
    />
  </Section>
);

const Moves = ({ worker }: Of) => (
  <Section title="What moved its reputation">
    <Table
      caption="The newest moves of the worker's reputation"
      rows={nodes(worker.reputationHistory).slice(0, 12)}
      columns={[
        { name: 'Block', cell: ({ height }) => whole(height), number: true },
        { name: 'Cause', cell: ({ cause }) => words(cause) },
        { name: 'Job', cell: ({ jobId }) => jobId && <JobLink id={jobId} />, from: 'tablet' },
        { name: 'Reputation', cell: ({ newReputation }) => whole(newReputation), number: true },
        {
          name: 'Change',
          cell: ({ oldReputation, newReputation }) => {
            const change = newReputation - oldReputation;
            return change < 0 ? (
              <span class="trouble">{`\u2212${whole(-change)}`}</span>
            ) : (
              `+${whole(change)}`
            );
          },
          number: true,
        },
      ]}
    />
  </Section>
);

export function Worker() {
  const { params } = useRoute();
  const address = params.address ?? '';
  const asked = useAnswer(WORKER, { address });
  return (
    <Shown asked={asked} title="Worker">
      {({ worker, network }) =>
        worker === null ? (
          <Missing title="No such worker">
            <code>{address}</code> is no worker's owner or operator.{' '}
            <a href={`/accounts/${address}`}>What else it does</a>
          </Missing>
        ) : (
          <Page
            title="Worker"
            lead={
              <>
                <code>{worker.owner}</code>
                {' \u00b7 '}
                <Status of={worker.status} />
              </>
            }
          >
            <Summary worker={worker} />
            <Charts worker={worker} now={Date.parse(network.blockTime)} />
            <Terms worker={worker} />
            <Trust worker={worker} />
            <div class="columns">
              <Leases worker={worker} />
              <Moves worker={worker} />
            </div>
          </Page>
        )
      }
    </Shown>
  );
}
