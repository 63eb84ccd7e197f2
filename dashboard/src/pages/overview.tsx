import type { ResultOf } from 'gql.tada';
import { useAnswer } from '../api/use-answer.js';
import { dmc, quantity, scaled, whole } from '../format/numbers.js';
import { count } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { lately, ratesOf } from '../model/rates.js';
import { Blocks } from '../ui/blocks.js';
import { Chart } from '../ui/chart.js';
import { JobStrips } from '../ui/job-strips.js';
import { Page, Shown } from '../ui/page.js';
import { Address, Amount, Dmc, Figure, Figures, JobLink, Measure, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { WorkerTable } from '../ui/worker-table.js';
import { OVERVIEW } from './overview.query.js';

type Data = ResultOf<typeof OVERVIEW>;

const PAYMENTS = 100;
const MINUTES = 60;

/** Money that is in the escrow of open jobs. */
const inEscrow = ({ funded, paid, royalties, fees, audits, refunded }: Data['network']): bigint =>
  BigInt(funded) - BigInt(paid) - BigInt(royalties) - BigInt(fees) - BigInt(audits) - BigInt(refunded);

function Summary({ network, payments, market }: Data) {
  const { gas, units } = lately(nodes(payments), Date.parse(network.blockTime), PAYMENTS);
  const price = nodes(market.periods).find(({ meanPrice }) => meanPrice !== null)?.meanPrice;
  const rate = scaled(gas);
  return (
    <Figures>
      <Figure name="Throughput" note={`${scaled(units).value} units/s, last minute`}>
        <Measure value={rate.value} unit={`${rate.prefix}gas/s`} />
      </Figure>
      <Figure name="Price" note="udmc for 10⁹ gas, last paid">
        {price ? whole(price) : '\u2013'}
      </Figure>
      <Figure name="Workers" note={`of ${whole(network.workers)} can be drawn`}>
        {whole(network.activeWorkers)}
      </Figure>
      <Figure name="Open jobs" note={`${whole(network.liveBatches)} batches in work`}>
        {whole(network.openJobs)}
      </Figure>
      <Figure name="Units paid" note={`${quantity(network.gasPaid, 'gas')}, ${whole(network.jobs)} jobs`}>
        {whole(network.unitsPaid)}
      </Figure>
      <Figure name="In escrow" note={`${dmc(network.paid, 2)} DMC paid to workers`}>
        <Dmc udmc={inEscrow(network)} places={2} />
      </Figure>
    </Figures>
  );
}

function Charts({ network, market }: Data) {
  const rates = ratesOf(nodes(market.periods), Date.parse(network.blockTime), 60_000, MINUTES);
  return (
    <div class="columns charts">
      <Section title="Throughput" aside="gas paid a second, last hour">
        <Chart
          label="Gas paid a second in each minute of the last hour"
          at={rates.times}
          lines={[{ name: 'Gas a second', values: rates.gas, shape: 'bars' }]}
          format={(value) => quantity(value, '')}
        />
      </Section>
      <Section title="Price" aside="udmc for 10⁹ gas, last hour">
        <Chart
          label="Mean price paid in each minute of the last hour, in udmc for a billion gas"
          at={rates.times}
          lines={[{ name: 'Price', values: rates.mean, dots: true }]}
          format={(value) => whole(Math.round(value))}
        />
      </Section>
    </div>
  );
}

const Paid = ({ payments }: Data) => (
  <Section title="Paid just now">
    <Table
      caption="The newest payments"
      room={9}
      rows={nodes(payments).slice(0, 9)}
      empty="No batch was paid yet."
      columns={[
        { name: 'Block', digits: 7, cell: ({ height }) => whole(height) },
        { name: 'Job', digits: 5, cell: ({ jobId }) => <JobLink id={jobId} /> },
        { name: 'Worker', digits: 15, cell: ({ owner }) => <Address of={owner} kind="workers" /> },
        { name: 'Units', digits: 5, cell: ({ unitCount }) => unitCount, number: true, from: 'tablet' },
        { name: 'Pay, DMC', digits: 9, cell: ({ pay }) => <Amount udmc={pay} />, number: true },
      ]}
    />
  </Section>
);

/** Batches that wait for evidence or for a verdict, said at the top of the page. */
function Trouble({ doubted, voting }: Data) {
  const open = doubted.totalCount + voting.totalCount;
  return (
    <p class={open > 0 ? 'trouble' : 'soft'}>
      <a href="/disputes">
        {open > 0 ? `${whole(open)} ${count(open, 'batch', 'batches')} in dispute` : 'Nothing is disputed'}
      </a>
    </p>
  );
}

export function Overview() {
  const asked = useAnswer(OVERVIEW, {});
  return (
    <Shown asked={asked} title="Overview">
      {(data) => (
        <Page title="Overview" hideTitle>
          <Blocks blocks={nodes(data.blocks)}>
            <Trouble {...data} />
          </Blocks>
          <Summary {...data} />
          <Charts {...data} />
          <div class="columns wide-first">
            <Section title="Jobs" aside={<a href="/jobs">All jobs</a>}>
              <JobStrips jobs={nodes(data.jobs)} room={9} />
            </Section>
            <Paid {...data} />
          </div>
          <Section title="Workers" aside={<a href="/workers">All workers</a>}>
            <WorkerTable workers={nodes(data.workers)} />
          </Section>
        </Page>
      )}
    </Shown>
  );
}
