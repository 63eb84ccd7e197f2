import { afterAll, expect, test } from 'vitest';
import { seeded } from './testing/seeded.js';

const api = seeded();
afterAll(api.close);
const { net } = api;

const data = async (query: string, variables = {}) => {
  const answer = await api.ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const nodes = <T>(connection: { readonly edges: readonly { readonly node: T }[] }) =>
  connection.edges.map(({ node }) => node);

test('the network tells supply and stake', async () => {
  const { network } = await data('{ network { supply minted burned staked bondedValidators } }');
  const bonded = [...net.validators.values()].filter(({ status }) => status === 'bonded');
  expect(net.supply?.minted).toBeGreaterThan(0n);
  expect(network).toEqual({
    supply: `${net.supply?.total}`,
    minted: `${net.supply?.minted}`,
    burned: `${net.supply?.burned}`,
    staked: `${bonded.reduce((sum, { stake }) => sum + stake, 0n)}`,
    bondedValidators: `${bonded.length}`,
  });
});

test('the supply over time adds up', async () => {
  const { supplyPeriods } = await data(
    '{ supplyPeriods(size: MINUTE, first: 100, orderBy: START_ASC) { edges { node { start minted burned supply } } } }',
  );
  const periods = nodes<Record<'minted' | 'burned' | 'supply', string>>(supplyPeriods);
  expect(periods.reduce((sum, { minted }) => sum + BigInt(minted), 0n)).toBe(net.supply?.minted);
  expect(periods.at(-1)?.supply).toBe(`${net.supply?.total}`);
});

test('validators by stake, and who proposed a block', async () => {
  const { validators, jailed } = await data(`{
    validators(orderBy: STAKE_DESC) { edges { node { operator moniker status jailed stake commission consensusAddress } } }
    jailed: validators(filter: { status: bonded }, orderBy: STAKE_DESC) { edges { node { operator } } }
  }`);
  const known = nodes<Record<string, unknown>>(validators).filter(({ status }) => status !== null);
  expect(known).toHaveLength(net.validators.size);
  for (const { stake, ...row } of known) {
    const { stake: held, ...validator } = net.validators.get(`${row.operator}`) ?? expect.fail();
    expect(row).toEqual(validator);
    expect(stake).toBe(`${held}`);
  }
  const stakes = known.map(({ stake }) => Number(stake));
  expect(stakes).toEqual(stakes.toSorted((a, b) => b - a));
  const bonded = [...net.validators.values()].filter(({ status }) => status === 'bonded');
  expect(nodes(jailed)).toHaveLength(bonded.length);
  const { block } = await data('{ block(height: 1) { proposer proposerValidator { operator } } }');
  expect(block.proposerValidator).toBeNull();
});

test('proposals with their votes and tally', async () => {
  const { proposals } = await data(
    '{ proposals(first: 100) { totalCount edges { node { id status title voteCount tally { no } votes { edges { node { voter options { option weight } } } } } } } }',
  );
  expect(proposals.totalCount).toBe(net.proposals.size);
  expect(net.proposals.size).toBeGreaterThan(0);
  for (const row of nodes<{ id: string; voteCount: number; tally: unknown; votes: never }>(proposals)) {
    const known = net.proposals.get(BigInt(row.id)) ?? expect.fail();
    expect(row.voteCount).toBe(known.voters.size);
    expect(nodes<{ voter: string }>(row.votes).map(({ voter }) => voter)).toEqual([...known.voters].sort());
    expect(row.tally).toEqual(known.proposal.tally ? { no: `${known.proposal.tally.no}` } : null);
  }
  const [first] = net.proposals.keys();
  const { proposal, none } = await data(
    `{ proposal(id: "${first}") { title messages submitTime } none: proposal(id: "99") { id } }`,
  );
  expect(proposal.title).toBe(`proposal ${first}`);
  expect(none).toBeNull();
});
