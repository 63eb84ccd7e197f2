import type { ResultOf } from 'gql.tada';
import { useRoute } from 'preact-iso';
import { useAnswer } from '../api/use-answer.js';
import { percentOfBps, quantity, scaled, share, whole } from '../format/numbers.js';
import { count, duration } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { costOf } from '../model/money.js';
import { unitCells } from '../model/units.js';
import { Cells, Legend } from '../ui/cells.js';
import { Facts } from '../ui/facts.js';
import { Money } from '../ui/money.js';
import { Missing, Page, Shown } from '../ui/page.js';
import { Address, Dmc, Figure, Figures, Measure, ModuleLink, Section } from '../ui/parts.js';
import { VerdictText } from '../ui/verdict.js';
import { JOB } from './job.query.js';
import { BatchDetail, BatchTable } from './job-batches.js';
import { Outputs } from './job-outputs.js';
import { UnitTable } from './job-units.js';

type JobData = NonNullable<ResultOf<typeof JOB>['job']>;

const MOST_CELLS = 1_600;

const assurance = ({ auditBps, auditors, samples }: JobData): string =>
  auditBps === 0
    ? 'none'
    : `${percentOfBps(auditBps)} of batches, ${samples} ${count(samples, 'unit')} by ${auditors} ${count(auditors, 'auditor')}`;

function Summary({ job, height }: { readonly job: JobData; readonly height: number }) {
  const done = job.finalBatches + job.endedBatches;
  const took = job.settledTime ? Date.parse(job.settledTime) - Date.parse(job.submittedTime) : undefined;
  const gas = scaled(job.gasPaid);
  return (
    <Figures>
      <Figure
        name="Done"
        note={
          took === undefined
            ? `${Math.max(0, job.deadline - height)} blocks to the deadline`
            : `after ${duration(took)}`
        }
      >
        <Measure value={String(share(done, job.batchCount))} unit="%" />
      </Figure>
      <Figure name="Units paid" note={`of ${whole(job.unitCount)}`}>
        {whole(job.unitsPaid)}
      </Figure>
      <Figure name="Computed" note="gas of the units paid">
        <Measure value={gas.value} unit={`${gas.prefix}gas`} />
      </Figure>
      <Figure name="Cost" note={`${whole(costOf(job))} udmc`}>
        <Dmc udmc={costOf(job)} places={4} />
      </Figure>
      <Figure
        name={job.settledHeight === null ? 'In escrow' : 'Refunded'}
        note={`of ${whole(job.funded)} udmc funded`}
      >
        <Dmc udmc={job.settledHeight === null ? job.remaining : job.refunded} places={4} />
      </Figure>
    </Figures>
  );
}

function Progress({ job }: { readonly job: JobData }) {
  const { phases, each, exact } = unitCells(job, nodes(job.batches), MOST_CELLS);
  const aside = exact ? 'a cell a unit' : `a cell for ${each} units, in the order of their states`;
  return (
    <Section title="Units" aside={aside}>
      <Cells
        phases={phases}
        noun="unit"
        size={phases.length <= 96 ? 'huge' : phases.length <= 400 ? 'large' : 'small'}
      />
      <Legend />
    </Section>
  );
}

const Terms = ({ job }: { readonly job: JobData }) => (
  <Section title="What was asked for">
    <Facts
      of={[
        ['Requester', <Address key="r" of={job.requester} />],
        ['Module', <ModuleLink key="m" {...job.module} />],
        ['Arguments', job.args.length > 0 ? <code key="a">{job.args.join(' ')}</code> : 'none'],
        ['Price at most', `${whole(job.maxPrice)} udmc for 10\u2079 gas`],
        ['Gas limit of a unit', quantity(job.gasLimit, 'gas')],
        ['Memory of a unit', `${whole(BigInt(job.memoryLimit) / 1_048_576n)} MiB`],
        ['Batches', `${whole(job.batchCount)} of at most ${job.batchSize} units`],
        ['Audits', assurance(job)],
        ['Submitted at block', whole(job.submittedHeight)],
        ['Deadline', `block ${whole(job.deadline)}`],
        ['Inputs', job.mode === 'public' ? 'public' : 'sealed'],
        ['Root of the inputs', <code key="i">{job.inputRoot}</code>],
      ]}
    />
  </Section>
);

export function Job() {
  const { params, query } = useRoute();
  const id = params.id ?? '';
  const asked = useAnswer(JOB, { id });
  const batch = /^\d{1,7}$/.test(query.batch ?? '') ? Number(query.batch) : undefined;
  return (
    <Shown asked={asked} title={`Job ${id}`}>
      {({ job }, height) =>
        job === null ? (
          <Missing title="No such job">
            There is no job {id} on this chain. The newest ones are <a href="/jobs">among all jobs</a>.
          </Missing>
        ) : (
          <Page
            title={`Job ${job.id}`}
            lead={
              <>
                <ModuleLink {...job.module} />
                {' \u00b7 '}
                <span class={job.state === 'Suspended' ? 'trouble' : ''}>
                  {job.cancelled ? 'Cancelled' : job.state}
                </span>
              </>
            }
          >
            {job.missingReporters.length > 0 && (
              <p class="notice trouble">
                {job.missingReporters.length} {count(job.missingReporters.length, 'worker')} could not get the
                inputs.
                {job.state === 'Suspended' && ' Nothing is drawn until the requester confirms them.'}
              </p>
            )}
            {job.disputes.edges.length > 0 && (
              <p class="notice">
                {'Disputed: '}
                {nodes(job.disputes).map(({ id, unitIndex, state, verdict }, i) => (
                  <span key={id}>
                    {i > 0 && ', '}
                    <a href={`/disputes/${id}`}>{`unit ${unitIndex}`}</a>{' '}
                    <VerdictText state={state} verdict={verdict} />
                  </span>
                ))}
              </p>
            )}
            <Summary job={job} height={height} />
            <Progress job={job} />
            <div class="columns">
              <Section title="Money">
                <Money of={job} />
              </Section>
              <Terms job={job} />
            </div>
            {batch !== undefined && <BatchDetail jobId={job.id} index={batch} />}
            <Outputs jobId={job.id} />
            <BatchTable jobId={job.id} batches={nodes(job.batches)} total={job.batchCount} />
            <UnitTable jobId={job.id} />
          </Page>
        )
      }
    </Shown>
  );
}
