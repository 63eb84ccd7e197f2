import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { whole } from '../format/numbers.js';
import { Facts } from '../ui/facts.js';
import { Missing, Page, Shown } from '../ui/page.js';
import { Figure, Figures, Section } from '../ui/parts.js';

const BLOCK = graphql(`
  query Block($height: Height!) {
    block(height: $height) {
      height
      hash
      parentHash
      appHash
      time
      proposer
      transactions
      events
      seed {
        live
        value
      }
    }
  }
`);

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export function Block() {
  const { params } = useRoute();
  const height = /^\d{1,15}$/.test(params.height ?? '') ? Number(params.height) : 0;
  const asked = useAnswer(BLOCK, { height });
  return (
    <Shown asked={asked} title={`Block ${params.height}`}>
      {({ block }, newest) =>
        block === null ? (
          <Missing title="No such block">
            There is no block {params.height} yet, or the index begins after it. The newest one is{' '}
            <a href={`/blocks/${newest}`}>{whole(newest)}</a>.
          </Missing>
        ) : (
          <Page
            title={`Block ${whole(block.height)}`}
            lead={
              <>
                {TIME.format(new Date(block.time))}
                {block.height > 1 && (
                  <>
                    {' \u00b7 '}
                    <a href={`/blocks/${block.height - 1}`}>previous</a>
                  </>
                )}
                {block.height < newest && (
                  <>
                    {' \u00b7 '}
                    <a href={`/blocks/${block.height + 1}`}>next</a>
                  </>
                )}
              </>
            }
          >
            <Figures>
              <Figure name="Transactions">{whole(block.transactions)}</Figure>
              <Figure name="Events" note="of this network's modules">
                {whole(block.events)}
              </Figure>
            </Figures>
            <Section title="About it">
              <Facts
                of={[
                  ['Hash', <code key="h">{block.hash}</code>],
                  ['Parent', <code key="p">{block.parentHash || 'none'}</code>],
                  ['State before it', <code key="a">{block.appHash}</code>],
                  ['Proposer', <code key="r">{block.proposer}</code>],
                  ['Randomness', block.seed ? <code key="s">{block.seed.value}</code> : 'none'],
                  ['Draws', block.seed?.live ? 'yes' : 'no, for want of a proof'],
                ]}
              />
            </Section>
          </Page>
        )
      }
    </Shown>
  );
}
