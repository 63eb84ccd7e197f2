// Answers of a node of a devnet, as they were recorded: what differs from block to block is filled in by the replay.

const HASH = '6EE2F32D1DCF061D03B409B92DA68E5DC23F2352D2C52341C091167F4369A742';

/** A block without transactions, with the one signature of a devnet’s validator. */
export const recordedBlock = {
  block_id: { hash: '', parts: { total: 1, hash: HASH } },
  block: {
    header: {
      version: { block: '11' },
      chain_id: 'dmcn-devnet-1',
      height: '0',
      time: '',
      last_block_id: { hash: '', parts: { total: 1, hash: HASH } },
      last_commit_hash: '78A6D75CD493C0BB6170078BA4C8976C704AA9A396562CC3DA1E23B6656895F6',
      data_hash: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
      validators_hash: '8D175BCB5FD91240207738E5679132E89C66AD9452D7A95580A02AFBF4ED6CF7',
      next_validators_hash: '8D175BCB5FD91240207738E5679132E89C66AD9452D7A95580A02AFBF4ED6CF7',
      consensus_hash: 'FC15F4E2F74630E494B6FDDFE4FCFD7F0B1CCE2934069E8D5A5A40D6617991C7',
      app_hash: '',
      last_results_hash: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
      evidence_hash: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
      proposer_address: '42E52C93584754F357ACA74BF7AFD456A3A5F6CA',
    },
    data: { txs: [] },
    evidence: { evidence: [] },
    last_commit: {
      height: '0',
      round: 0,
      block_id: { hash: '', parts: { total: 1, hash: HASH } },
      signatures: [
        {
          block_id_flag: 2,
          validator_address: '42E52C93584754F357ACA74BF7AFD456A3A5F6CA',
          timestamp: '2026-12-01T03:38:34.282455809Z',
          signature:
            'pKB5onoQAMQqlGqWlanubP4fkhrIVuM8fZKpk52MxBS6EITVjeuI8TBj7LGYxPI17AjxkMsSETDv71Ab4mNXDQ==',
        },
      ],
    },
  },
};

/** Bytes of such a block, as `blockchain` tells them. */
export const recordedSize = '668';

/** `block_results` without events. */
export const recordedResults = {
  height: '0',
  txs_results: null,
  finalize_block_events: [] as readonly unknown[],
  validator_updates: null,
  consensus_param_updates: {
    block: { max_bytes: '4194304', max_gas: '-1' },
    evidence: { max_age_num_blocks: '100000', max_age_duration: '172800000000000', max_bytes: '1048576' },
    validator: { pub_key_types: ['ed25519'] },
    version: {},
    abci: { vote_extensions_enable_height: '1' },
  },
  app_hash: '',
};

/** `status`, with the protocol version by which clients choose how to read the rest. */
export const recordedStatus = {
  node_info: {
    protocol_version: { p2p: '8', block: '11', app: '0' },
    id: '160c89e0ef32297f0a44871d13482a7f54aa6aa2',
    listen_addr: 'tcp://127.0.0.1:26656',
    network: 'dmcn-devnet-1',
    version: '0.38.0',
    channels: '402021222330386061',
    moniker: 'node0',
    other: { tx_index: 'on', rpc_address: 'tcp://127.0.0.1:26657' },
  },
  sync_info: {
    latest_block_hash: '',
    latest_app_hash: '',
    latest_block_height: '0',
    latest_block_time: '',
    earliest_block_hash: 'F53385F2E7B118D5C9B930639F9AED2828AE1C86F20EAE23350B6F52D953E246',
    earliest_app_hash: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
    earliest_block_height: '1',
    earliest_block_time: '2026-12-01T03:38:29.578152253Z',
    catching_up: false,
  },
  validator_info: {
    address: '42E52C93584754F357ACA74BF7AFD456A3A5F6CA',
    pub_key: { type: 'tendermint/PubKeyEd25519', value: 'x4e7/tqf9342lquVmVA2gnG4P5TFlG/IkGbC81HjOBI=' },
    voting_power: '1000',
  },
};

/** A registration as it was recorded. */
export const recordedWorker = {
  owner: '',
  operator: 'dmcn1n93ft88ycgzve57snx7a395kl8mgzpq3t5u6f4',
  encryption_key: 'ylN9wsEmTg+lXOMrYLBXqVQ7I9lAeKfhcxHwfZCDPQM=',
  ask: '1000',
  rate: '100000000',
  memory: '536870912',
  features: [],
  status: 'WORKER_STATUS_ACTIVE',
  bond: '50000000',
  locked: '0',
  reserved: '0',
  availability: 5_000,
  batches_final: '0',
  load: 0,
  missed: 0,
  registered_height: '15',
  lots: '1000',
  modules: [],
  max_gas_limit: '0',
  standing: '0',
  frauds: 0,
  jail_until: '0',
};
