import type { ResultOf } from 'gql.tada';
import { useRoute } from 'preact-iso';
import { useAnswer } from '../api/use-answer.js';
import { quantity, scaled, whole } from '../format/numbers.js';
import { count } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { ratesOf } from '../model/rates.js';
import { Meter } from '../ui/cells.js';
import { Chart } from '../ui/chart.js';
import { Page, Shown } from '../ui/page.js';
import { Choice } from '../ui/pager.js';
import { Figure, Figures, Measure, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { MARKET } from './market.query.js';

type Data = ResultOf<typeof MARKET>;

const SPANS = {
  '': { size: 'MINUTE', stepMs: 60_000, steps: 60, name: 'last hour' },
  days: { size: 'HOUR', stepMs: 3_600_000, steps: 72, name: 'last three days' },
  months: { size: 'DAY', stepMs: 86_400_000, steps: 90, name: 'last three months' },
} as const;

const sum = <Row,>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

function Summary({ market, queueDepth }: Data) {
  const price = nodes(market.periods).find(({ meanPrice }) => meanPrice !== null)?.meanPrice;
  const [cheapest] = market.asks;
  const dearest = market.demand.find(({ batches }) => batches > 0);
  const rate = scaled(sum(market.asks, (level) => Number(level.rate)));
  const waiting = scaled(queueDepth.gas);
  return (
    <Figures>
      <Figure name="Price" note="udmc for 10⁹ gas, last paid">
        {price ? whole(price) : '\u2013'}
      </Figure>
      <Figure name="Lowest ask" note={`of ${sum(market.asks, ({ workers }) => workers)} active workers`}>
        {cheapest ? whole(cheapest.ask) : '\u2013'}
      </Figure>
      <Figure name="Highest offer" note={dearest ? 'of the jobs that wait' : 'no job waits'}>
        {dearest ? whole(dearest.maxPrice) : '\u2013'}
      </Figure>
      <Figure name="Capacity" note="of all active workers">
        <Measure value={rate.value} unit={`${rate.prefix}gas/block`} />
      </Figure>
      <Figure
        name="Waiting"
        note={`${whole(queueDepth.units)} units of ${queueDepth.jobs} ${count(queueDepth.jobs, 'job')}, at most`}
      >
        <Measure value={waiting.value} unit={`${waiting.prefix}gas`} />
      </Figure>
    </Figures>
  );
}

function Charts({ market, network, span }: Data & { readonly span: (typeof SPANS)[keyof typeof SPANS] }) {
  const rates = ratesOf(nodes(market.periods), Date.parse(network.blockTime), span.stepMs, span.steps);
  return (
    <>
      <Section title="Price" aside="udmc for 10⁹ gas: mean, with the lowest and the highest paid">
        <Chart
          label={`Price paid in the ${span.name}, in udmc for a billion gas`}
          at={rates.times}
          height={260}
          lines={[
            { name: 'Highest', values: rates.highest, tone: 'hatch', dots: true },
            { name: 'Lowest', values: rates.lowest, tone: 'hatch', dots: true },
            { name: 'Mean', values: rates.mean, dots: true },
          ]}
          format={(value) => whole(Math.round(value))}
        />
      </Section>
      <Section title="Work paid" aside="gas a second">
        <Chart
          label={`Gas paid a second in the ${span.name}`}
          at={rates.times}
          lines={[{ name: 'Gas a second', values: rates.gas, shape: 'bars' }]}
          format={(value) => quantity(value, '')}
        />
      </Section>
    </>
  );
}

function Book({ market }: Data) {
  const mostRate = Math.max(1, ...market.asks.map(({ rate }) => Number(rate)));
  const mostGas = Math.max(1, ...market.demand.map(({ gas }) => Number(gas)));
  return (
    <div class="columns">
      <Section title="What workers ask" aside="the lowest first">
        <Table
          caption="Asks of active workers, the lowest first"
          rows={market.asks}
          empty="No worker can be drawn now."
          columns={[
            { name: 'Ask', cell: ({ ask }) => whole(ask), number: true },
            { name: 'Workers', cell: ({ workers }) => workers, number: true },
            { name: 'In work', cell: ({ load }) => load, number: true, from: 'tablet' },
            { name: 'Gas a block', cell: ({ rate }) => quantity(rate, ''), number: true },
            {
              name: 'Share',
              cell: ({ rate }) => <Meter value={Number(rate)} of={mostRate} name="Gas a block" />,
              number: true,
            },
          ]}
        />
      </Section>
      <Section title="What jobs offer" aside="the highest first">
        <Table
          caption="Highest prices of the jobs that wait"
          rows={market.demand.filter(({ batches }) => batches > 0)}
          empty="Every batch of every job is drawn."
          columns={[
            { name: 'At most', cell: ({ maxPrice }) => whole(maxPrice), number: true },
            { name: 'Jobs', cell: ({ jobs }) => jobs, number: true },
            { name: 'Batches', cell: ({ batches }) => batches, number: true, from: 'tablet' },
            { name: 'Gas', cell: ({ gas }) => quantity(gas, ''), number: true },
            {
              name: 'Share',
              cell: ({ gas }) => <Meter value={Number(gas)} of={mostGas} name="Gas" />,
              number: true,
            },
          ]}
        />
      </Section>
    </div>
  );
}

export function Market() {
  const { query } = useRoute();
  const span = SPANS[query.span as keyof typeof SPANS] ?? SPANS[''];
  const asked = useAnswer(MARKET, { size: span.size, first: span.steps });
  const choice = (
    <Choice
      label="Over the"
      name="span"
      values={Object.entries(SPANS).map(([key, { name }]) => [key, name] as const)}
    />
  );
  return (
    <Shown asked={asked} title="Market">
      {(data) => (
        <Page title="Market" lead={choice}>
          <Summary {...data} />
          <Charts {...data} span={span} />
          <Book {...data} />
        </Page>
      )}
    </Shown>
  );
}
