import type { ResultOf } from 'gql.tada';
import { useAnswer } from '../api/use-answer.js';
import { quantity, scaled, whole } from '../format/numbers.js';
import { duration } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { meanPrice, type Paid, ratesOf, roundStep } from '../model/rates.js';
import { Chart } from '../ui/chart.js';
import { JobStrips } from '../ui/job-strips.js';
import { Page, Shown } from '../ui/page.js';
import { Address, Dmc, Figure, Figures, JobLink, Measure, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { WorkerTable } from '../ui/worker-table.js';
import { OVERVIEW } from './overview.query.js';

type Data = ResultOf<typeof OVERVIEW>;
type Payment = Data['payments']['edges'][number]['node'];

const STEPS = 60;

const paidOf = ({ time, gasTotal, unitCount, ask }: Payment): Paid => ({
  time: Date.parse(time),
  gas: Number(gasTotal),
  units: unitCount,
  ask: Number(ask),
});

/** Money that is in the escrow of open jobs. */
const inEscrow = ({ funded, paid, royalties, fees, audits, refunded }: Data['network']): bigint =>
  BigInt(funded) - BigInt(paid) - BigInt(royalties) - BigInt(fees) - BigInt(audits) - BigInt(refunded);

function Summary({
  network,
  payments,
  now,
}: {
  network: Data['network'];
  payments: readonly Paid[];
  now: number;
}) {
  const recent = payments.filter(({ time }) => now - time < 60_000);
  const gas = recent.reduce((sum, paid) => sum + paid.gas, 0) / 60;
  const units = recent.reduce((sum, paid) => sum + paid.units, 0);
  const price = meanPrice(recent.length > 0 ? recent : payments.slice(0, 20));
  const rate = scaled(gas);
  return (
    <Figures>
      <Figure name="Throughput" note={`${units} units in the last minute`}>
        <Measure value={rate.value} unit={`${rate.prefix}gas/s`} />
      </Figure>
      <Figure name="Price" note="udmc for 10⁹ gas, as paid">
        {price === undefined ? '\u2013' : whole(Math.round(price))}
      </Figure>
      <Figure name="Workers" note={`of ${network.workers} can be drawn`}>
        {whole(network.activeWorkers)}
      </Figure>
      <Figure
        name="Open jobs"
        note={`${network.liveBatches} batches in work, ${whole(network.jobs)} jobs ever`}
      >
        {whole(network.openJobs)}
      </Figure>
      <Figure name="Units paid" note={`${quantity(network.gasPaid, 'gas')} in all`}>
        {whole(network.unitsPaid)}
      </Figure>
      <Figure name="In escrow" note={<Dmc udmc={network.paid} places={2} />}>
        <Dmc udmc={inEscrow(network)} places={2} />
      </Figure>
    </Figures>
  );
}

export function Overview() {
  const asked = useAnswer(OVERVIEW, {});
  return (
    <Shown asked={asked} title="Overview">
      {({ network, jobs, payments, workers }) => {
        const now = Date.parse(network.blockTime);
        const list = nodes(payments);
        const paid = list.map(paidOf);
        const oldest = paid.at(-1)?.time ?? now;
        const step = Math.max(2_000, roundStep(oldest, now, STEPS));
        const rates = ratesOf(paid, now, step, STEPS);
        return (
          <Page title="Overview" hideTitle>
            <Summary network={network} payments={paid} now={now} />
            <div class="columns charts">
              <Section title="Gas paid a second" aside={`in steps of ${duration(step)}`}>
                <Chart
                  label="Gas paid a second over time"
                  at={rates.times}
                  lines={[{ name: 'Gas a second', values: rates.gas, shape: 'bars' }]}
                  format={(value) => quantity(value, '')}
                />
              </Section>
              <Section title="Price" aside="udmc for 10⁹ gas">
                <Chart
                  label="Price paid over time"
                  at={rates.times}
                  lines={[{ name: 'Price', values: rates.price, shape: 'steps' }]}
                  format={(value) => whole(Math.round(value))}
                />
              </Section>
            </div>
            <div class="columns wide-first">
              <Section title="Jobs" aside={<a href="/jobs">All jobs</a>}>
                <JobStrips jobs={nodes(jobs)} room={9} />
              </Section>
              <Section title="Paid just now">
                <Table
                  caption="The newest payments"
                  room={9}
                  rows={list.slice(0, 9)}
                  empty="No batch was paid yet."
                  columns={[
                    { name: 'Block', cell: ({ height }) => whole(height), number: true },
                    { name: 'Job', cell: ({ jobId }) => <JobLink id={jobId} /> },
                    { name: 'Worker', cell: ({ owner }) => <Address of={owner} kind="workers" /> },
                    { name: 'Units', cell: ({ unitCount }) => unitCount, number: true },
                    { name: 'Pay', cell: ({ pay }) => <Dmc udmc={pay} />, number: true },
                  ]}
                />
              </Section>
            </div>
            <Section title="Workers" aside={<a href="/workers">All workers</a>}>
              <WorkerTable workers={nodes(workers)} room={8} />
            </Section>
          </Page>
        );
      }}
    </Shown>
  );
}
