package simulation

import (
	"fmt"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// row is one of the protocol's table "The life of a batch", as EventBatchStateChanged tells it.
type row struct {
	from, to tasktypes.BatchState
	cause    string
}

func (r row) String() string {
	return fmt.Sprintf("%s - %s -> %s", r.from.Short(), r.cause, r.to.Short())
}

// kind tells what leads over a row.
type kind struct {
	// message rows need one, in time; all others happen at the end of a block.
	message bool
	// due rows happen from the deadline on.
	due bool
	// epoch is what the row adds to the epoch.
	epoch int
	// free rows happen at the end of a block, but are no item of the deadline queue.
	free bool
	// anytime rows are messages that have no deadline.
	anytime bool
	// rare rows are not reached by every few runs.
	rare bool
}

var table = map[row]kind{
	{tasktypes.BATCH_STATE_QUEUED, tasktypes.BATCH_STATE_OFFERED, "drawn"}:                {},
	{tasktypes.BATCH_STATE_QUEUED, tasktypes.BATCH_STATE_ENDED, "job_ended"}:              {},
	{tasktypes.BATCH_STATE_OFFERED, tasktypes.BATCH_STATE_ENDED, "job_ended"}:             {},
	{tasktypes.BATCH_STATE_OFFERED, tasktypes.BATCH_STATE_LEASED, "offer_accepted"}:       {message: true},
	{tasktypes.BATCH_STATE_OFFERED, tasktypes.BATCH_STATE_COMMITTED, "committed"}:         {message: true},
	{tasktypes.BATCH_STATE_OFFERED, tasktypes.BATCH_STATE_QUEUED, "offer_timed_out"}:      {due: true},
	{tasktypes.BATCH_STATE_LEASED, tasktypes.BATCH_STATE_COMMITTED, "committed"}:          {message: true},
	{tasktypes.BATCH_STATE_LEASED, tasktypes.BATCH_STATE_QUEUED, "input_reported"}:        {message: true, epoch: 1},
	{tasktypes.BATCH_STATE_LEASED, tasktypes.BATCH_STATE_QUEUED, "lease_timed_out"}:       {due: true, epoch: 1},
	{tasktypes.BATCH_STATE_COMMITTED, tasktypes.BATCH_STATE_OPENING, "coin_missed"}:       {due: true},
	{tasktypes.BATCH_STATE_OPENING, tasktypes.BATCH_STATE_CHALLENGE, "opened"}:            {message: true},
	{tasktypes.BATCH_STATE_OPENING, tasktypes.BATCH_STATE_QUEUED, "opening_timed_out"}:    {due: true, epoch: 1},
	{tasktypes.BATCH_STATE_QUEUED, tasktypes.BATCH_STATE_CHALLENGE, "opened"}:             {message: true, epoch: -1},
	{tasktypes.BATCH_STATE_CHALLENGE, tasktypes.BATCH_STATE_DEMANDED, "output_demanded"}:  {message: true},
	{tasktypes.BATCH_STATE_DEMANDED, tasktypes.BATCH_STATE_CHALLENGE, "output_posted"}:    {message: true},
	{tasktypes.BATCH_STATE_DEMANDED, tasktypes.BATCH_STATE_QUEUED, "demand_timed_out"}:    {due: true, epoch: 1},
	{tasktypes.BATCH_STATE_DEMANDED, tasktypes.BATCH_STATE_DEMANDED, "demand_extended"}:   {due: true, rare: true},
	{tasktypes.BATCH_STATE_CHALLENGE, tasktypes.BATCH_STATE_FINAL, "batch_accepted"}:      {message: true},
	{tasktypes.BATCH_STATE_CHALLENGE, tasktypes.BATCH_STATE_FINAL, "challenge_timed_out"}: {due: true},

	{tasktypes.BATCH_STATE_COMMITTED, tasktypes.BATCH_STATE_AUDIT_WAIT, "coin_hit"}:           {free: true},
	{tasktypes.BATCH_STATE_AUDIT_WAIT, tasktypes.BATCH_STATE_AUDIT_WAIT, "audit_posted"}:      {message: true},
	{tasktypes.BATCH_STATE_AUDIT_WAIT, tasktypes.BATCH_STATE_OPENING, "audit_posted"}:         {message: true},
	{tasktypes.BATCH_STATE_AUDIT_WAIT, tasktypes.BATCH_STATE_AUDIT_WAIT, "auditors_missing"}:  {free: true},
	{tasktypes.BATCH_STATE_AUDIT_WAIT, tasktypes.BATCH_STATE_OPENING, "auditors_missing"}:     {free: true},
	{tasktypes.BATCH_STATE_AUDIT_WAIT, tasktypes.BATCH_STATE_AUDIT_WAIT, "audit_round_ended"}: {due: true},
	{tasktypes.BATCH_STATE_AUDIT_WAIT, tasktypes.BATCH_STATE_OPENING, "audit_round_ended"}:    {due: true, rare: true},
	{tasktypes.BATCH_STATE_COMMITTED, tasktypes.BATCH_STATE_COMMITTED, "key_shown"}:           {message: true, anytime: true},
	{tasktypes.BATCH_STATE_OPENING, tasktypes.BATCH_STATE_DISPUTED, "opened"}:                 {message: true},
	{tasktypes.BATCH_STATE_QUEUED, tasktypes.BATCH_STATE_DISPUTED, "opened"}:                  {message: true, epoch: -1, rare: true},
	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_DISPUTED, "data_timed_out"}:        {due: true, rare: true},
	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_CHALLENGE, "data_timed_out"}:       {due: true},

	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_VOTING, "data_timed_out"}:      {due: true, rare: true},
	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_VOTING, "input_posted"}:        {message: true},
	{tasktypes.BATCH_STATE_CHALLENGE, tasktypes.BATCH_STATE_VOTING, "challenged"}:         {message: true},
	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_DISPUTED, "challenged"}:        {message: true, anytime: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "challenged"}:            {message: true, anytime: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "voting_started"}:        {free: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "voting_extended"}:       {due: true, free: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_CHALLENGE, "voting_timed_out"}:   {due: true, free: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_DISPUTED, "voting_timed_out"}:    {due: true, free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "voting_timed_out"}:      {due: true, free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_CHALLENGE, "decided_for_worker"}: {free: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_DISPUTED, "decided_for_worker"}:  {free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "decided_for_worker"}:    {free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_FRAUD, "decided_against_worker"}: {free: true},
	{tasktypes.BATCH_STATE_FRAUD, tasktypes.BATCH_STATE_QUEUED, "fraud_forfeited"}:        {free: true, epoch: 1},
}

// withheldTable are the rows of selected epochs that were not opened in time, as EventWithheldStateChanged tells them.
var withheldTable = map[row]kind{
	{tasktypes.BATCH_STATE_UNSPECIFIED, tasktypes.BATCH_STATE_WITHHELD, "withheld"}:     {free: true},
	{tasktypes.BATCH_STATE_WITHHELD, tasktypes.BATCH_STATE_ENDED, "withheld_timed_out"}: {due: true},
	{tasktypes.BATCH_STATE_WITHHELD, tasktypes.BATCH_STATE_ENDED, "opened"}:             {message: true},
	{tasktypes.BATCH_STATE_WITHHELD, tasktypes.BATCH_STATE_DISPUTED, "opened"}:          {message: true, rare: true},
	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_DISPUTED, "data_timed_out"}:  {due: true, rare: true},
	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_ENDED, "data_timed_out"}:     {due: true, rare: true},

	{tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_VOTING, "input_posted"}:        {message: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "voting_started"}:        {free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_VOTING, "voting_extended"}:       {due: true, free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_ENDED, "voting_timed_out"}:       {due: true, free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_DISPUTED, "voting_timed_out"}:    {due: true, free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_ENDED, "decided_for_worker"}:     {free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_DISPUTED, "decided_for_worker"}:  {free: true, rare: true},
	{tasktypes.BATCH_STATE_VOTING, tasktypes.BATCH_STATE_FRAUD, "decided_against_worker"}: {free: true, rare: true},
	{tasktypes.BATCH_STATE_FRAUD, tasktypes.BATCH_STATE_ENDED, "fraud_forfeited"}:         {free: true, rare: true},
}

// jobRows are the changes of a job that events tell, and whether every run reaches them.
var jobRows = map[string]bool{
	"JOB_STATE_OPEN - missing_inputs -> JOB_STATE_SUSPENDED":   true,
	"JOB_STATE_SUSPENDED - inputs_confirmed -> JOB_STATE_OPEN": true,
	"JOB_STATE_OPEN - settled -> JOB_STATE_SETTLED":            true,
	"JOB_STATE_OPEN - deadline -> JOB_STATE_EXPIRED":           true,
	"JOB_STATE_OPEN - cancel -> JOB_STATE_EXPIRED":             true,
	"JOB_STATE_SUSPENDED - deadline -> JOB_STATE_EXPIRED":      true,
	"JOB_STATE_SUSPENDED - cancel -> JOB_STATE_EXPIRED":        false,
	"JOB_STATE_SUSPENDED - settled -> JOB_STATE_SETTLED":       false,
}

// messages are all that the simulation sends.
var messages = []string{
	"/dmcn.task.v1.MsgStoreModule", "/dmcn.task.v1.MsgRemoveModule", "/dmcn.task.v1.MsgSubmitJob", "/dmcn.task.v1.MsgCancelJob",
	"/dmcn.task.v1.MsgConfirmInputs", "/dmcn.task.v1.MsgAcceptOffer", "/dmcn.task.v1.MsgCommit", "/dmcn.task.v1.MsgOpen",
	"/dmcn.task.v1.MsgReportMissingInput", "/dmcn.task.v1.MsgAcceptBatch", "/dmcn.task.v1.MsgDemandOutput",
	"/dmcn.task.v1.MsgPostOutput", "/dmcn.task.v1.MsgUpdateParams",
	"/dmcn.audit.v1.MsgPostAudit", "/dmcn.audit.v1.MsgShowKey", "/dmcn.audit.v1.MsgUpdateParams",
	"/dmcn.audit.v1.MsgChallenge", "/dmcn.audit.v1.MsgPostInput", "/dmcn.audit.v1.MsgRegisterReferee",
	"/dmcn.audit.v1.MsgCommitVote", "/dmcn.audit.v1.MsgRevealVote",
	"/dmcn.worker.v1.MsgRegister", "/dmcn.worker.v1.MsgUpdate", "/dmcn.worker.v1.MsgPause", "/dmcn.worker.v1.MsgResume",
	"/dmcn.worker.v1.MsgBond", "/dmcn.worker.v1.MsgWithdraw", "/dmcn.worker.v1.MsgUpdateParams",
	"/dmcn.beacon.v1.MsgRegisterKey", "/dmcn.beacon.v1.MsgUpdateParams",
	"/cosmos.bank.v1beta1.MsgSend", "/cosmos.staking.v1beta1.MsgDelegate", "/cosmos.staking.v1beta1.MsgUndelegate",
	"/cosmos.staking.v1beta1.MsgBeginRedelegate", "/cosmos.staking.v1beta1.MsgCreateValidator",
	"/cosmos.slashing.v1beta1.MsgUnjail", "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
	"/cosmos.feegrant.v1beta1.MsgRevokeAllowance", "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
	"/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission", "/cosmos.gov.v1.MsgSubmitProposal", "/cosmos.gov.v1.MsgVote",
	"/cosmos.authz.v1beta1.MsgExec",
}
