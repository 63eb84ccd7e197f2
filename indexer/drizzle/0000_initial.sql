CREATE TABLE `batches` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`units` integer NOT NULL,
	`epoch` integer NOT NULL,
	`state` text NOT NULL,
	`deadline` integer NOT NULL,
	`lease_epoch` integer,
	`worker` text,
	`drawn_height` integer NOT NULL,
	`changed_height` integer NOT NULL,
	PRIMARY KEY(`job_id`, `batch`)
);
--> statement-breakpoint
CREATE INDEX `batches_by_state` ON `batches` (`state`,`job_id`,`batch`);--> statement-breakpoint
CREATE INDEX `batches_by_worker` ON `batches` (`worker`,`job_id`,`batch`);--> statement-breakpoint
CREATE TABLE `demands` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`unit` integer NOT NULL,
	`deposit` text NOT NULL,
	`height` integer NOT NULL,
	`poster` text,
	`posted_height` integer,
	`returned_height` integer,
	PRIMARY KEY(`job_id`, `batch`, `epoch`)
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`worker` text NOT NULL,
	`operator` text NOT NULL,
	`ask` text NOT NULL,
	`rate` text NOT NULL,
	`bond` text NOT NULL,
	`drawn_height` integer NOT NULL,
	`accepted_height` integer,
	`committed_height` integer,
	`commitment` text,
	`outputs_hash` text,
	`locators` text NOT NULL,
	`key_recipients` text NOT NULL,
	`opened_height` integer,
	`opener` text,
	`root` text,
	`gas_total` text,
	`ended_height` integer,
	`end_cause` text,
	PRIMARY KEY(`job_id`, `batch`, `epoch`)
);
--> statement-breakpoint
CREATE INDEX `leases_by_worker` ON `leases` (`worker`,`job_id`,`batch`,`epoch`);--> statement-breakpoint
CREATE TABLE `missing_inputs` (
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`unit` integer NOT NULL,
	`worker` text NOT NULL,
	PRIMARY KEY(`height`, `position`)
);
--> statement-breakpoint
CREATE INDEX `missing_inputs_by_job` ON `missing_inputs` (`job_id`,`height`,`position`);--> statement-breakpoint
CREATE TABLE `payments` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`worker` text NOT NULL,
	`pay` text NOT NULL,
	`author` text NOT NULL,
	`royalty` text NOT NULL,
	`fee` text NOT NULL,
	`gas_total` text NOT NULL,
	`ask` text NOT NULL,
	`units` integer NOT NULL,
	PRIMARY KEY(`job_id`, `batch`)
);
--> statement-breakpoint
CREATE INDEX `payments_by_place` ON `payments` (`height`,`position`);--> statement-breakpoint
CREATE INDEX `payments_by_worker` ON `payments` (`worker`,`height`,`position`);--> statement-breakpoint
CREATE INDEX `payments_by_author` ON `payments` (`author`,`height`,`position`);--> statement-breakpoint
CREATE INDEX `payments_by_job` ON `payments` (`job_id`,`height`,`position`);--> statement-breakpoint
CREATE TABLE `units` (
	`job_id` integer NOT NULL,
	`unit` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`status` integer NOT NULL,
	`exit_code` integer NOT NULL,
	`gas` text NOT NULL,
	`output_hash` text NOT NULL,
	`worker` text NOT NULL,
	`paid` integer NOT NULL,
	PRIMARY KEY(`job_id`, `unit`)
);
--> statement-breakpoint
CREATE INDEX `units_by_worker` ON `units` (`worker`,`job_id`,`unit`);--> statement-breakpoint
CREATE TABLE `blocks` (
	`height` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`parent_hash` text NOT NULL,
	`app_hash` text NOT NULL,
	`time` integer NOT NULL,
	`proposer` text NOT NULL,
	`txs` integer NOT NULL,
	`events` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `checkpoint` (
	`id` integer PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`chain_id` text NOT NULL,
	`height` integer NOT NULL,
	`hash` text NOT NULL,
	`app_hash` text NOT NULL,
	`time` integer NOT NULL,
	`head` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `failures` (
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`item` text NOT NULL,
	`error` text NOT NULL,
	PRIMARY KEY(`height`, `position`)
);
--> statement-breakpoint
CREATE TABLE `params` (
	`module` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`height` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `seeds` (
	`height` integer PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`live` integer NOT NULL,
	`live_count` integer NOT NULL,
	`proposer` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `totals` (
	`id` integer PRIMARY KEY NOT NULL,
	`blocks` integer NOT NULL,
	`txs` integer NOT NULL,
	`events` integer NOT NULL,
	`modules` integer NOT NULL,
	`jobs` integer NOT NULL,
	`open_jobs` integer NOT NULL,
	`batches` integer NOT NULL,
	`live_batches` integer NOT NULL,
	`final_batches` integer NOT NULL,
	`ended_batches` integer NOT NULL,
	`units_paid` integer NOT NULL,
	`gas_paid` text NOT NULL,
	`workers` integer NOT NULL,
	`active_workers` integer NOT NULL,
	`lots` integer NOT NULL,
	`bonded` text NOT NULL,
	`locked` text NOT NULL,
	`funded` text NOT NULL,
	`paid` text NOT NULL,
	`royalties` text NOT NULL,
	`fees` text NOT NULL,
	`audits` text NOT NULL,
	`refunded` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `validator_keys` (
	`operator` text NOT NULL,
	`active_height` integer NOT NULL,
	`public_key` text NOT NULL,
	`height` integer NOT NULL,
	PRIMARY KEY(`operator`, `active_height`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY NOT NULL,
	`requester` text NOT NULL,
	`module_id` text NOT NULL,
	`args` text NOT NULL,
	`units` integer NOT NULL,
	`input_root` text NOT NULL,
	`input_index` text NOT NULL,
	`batch_size` integer NOT NULL,
	`gas_limit` text NOT NULL,
	`memory_limit` text NOT NULL,
	`max_price` text NOT NULL,
	`audit_bps` integer NOT NULL,
	`auditors` integer NOT NULL,
	`samples` integer NOT NULL,
	`mode` text NOT NULL,
	`locators` text NOT NULL,
	`encryption_key` text NOT NULL,
	`deadline` integer NOT NULL,
	`features` text NOT NULL,
	`state` text NOT NULL,
	`royalty_bps` integer NOT NULL,
	`fee_bps` integer NOT NULL,
	`author` text NOT NULL,
	`audit_floor` text NOT NULL,
	`batches` integer NOT NULL,
	`next_batch` integer NOT NULL,
	`live_batches` integer NOT NULL,
	`final_batches` integer NOT NULL,
	`ended_batches` integer NOT NULL,
	`units_paid` integer NOT NULL,
	`gas_paid` text NOT NULL,
	`funded` text NOT NULL,
	`paid` text NOT NULL,
	`royalties` text NOT NULL,
	`fees` text NOT NULL,
	`audits` text NOT NULL,
	`refunded` text NOT NULL,
	`remaining` text NOT NULL,
	`submitted_height` integer NOT NULL,
	`settled_height` integer NOT NULL,
	`missing_reporters` text NOT NULL,
	`cancelled` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_by_requester` ON `jobs` (`requester`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_by_module` ON `jobs` (`module_id`,`id`);--> statement-breakpoint
CREATE TABLE `modules` (
	`id` text PRIMARY KEY NOT NULL,
	`author` text NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`royalty_bps` integer NOT NULL,
	`deposit` text NOT NULL,
	`stored_height` integer NOT NULL,
	`removed_height` integer,
	`jobs` integer NOT NULL,
	`units_paid` integer NOT NULL,
	`royalties` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `modules_by_stored` ON `modules` (`stored_height`,`id`);--> statement-breakpoint
CREATE INDEX `modules_by_author` ON `modules` (`author`,`stored_height`,`id`);--> statement-breakpoint
CREATE TABLE `bond_history` (
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`owner` text NOT NULL,
	`cause` text NOT NULL,
	`old_bond` text NOT NULL,
	`new_bond` text NOT NULL,
	`old_locked` text NOT NULL,
	`new_locked` text NOT NULL,
	`lots` integer NOT NULL,
	PRIMARY KEY(`height`, `position`)
);
--> statement-breakpoint
CREATE INDEX `bond_history_by_owner` ON `bond_history` (`owner`,`height`,`position`);--> statement-breakpoint
CREATE TABLE `lapses` (
	`id` integer PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`amount` text NOT NULL,
	`height` integer NOT NULL,
	`release_height` integer NOT NULL,
	`released_height` integer
);
--> statement-breakpoint
CREATE INDEX `lapses_by_owner` ON `lapses` (`owner`,`id`);--> statement-breakpoint
CREATE TABLE `reputation_history` (
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`owner` text NOT NULL,
	`cause` text NOT NULL,
	`old_availability` integer NOT NULL,
	`new_availability` integer NOT NULL,
	`old_reputation` integer NOT NULL,
	`new_reputation` integer NOT NULL,
	`batches_final` integer NOT NULL,
	`missed` integer NOT NULL,
	`job_id` integer,
	`batch` integer,
	`epoch` integer,
	PRIMARY KEY(`height`, `position`)
);
--> statement-breakpoint
CREATE INDEX `reputation_history_by_owner` ON `reputation_history` (`owner`,`height`,`position`);--> statement-breakpoint
CREATE TABLE `workers` (
	`owner` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`encryption_key` text NOT NULL,
	`ask` text NOT NULL,
	`rate` text NOT NULL,
	`memory` text NOT NULL,
	`features` text NOT NULL,
	`status` text NOT NULL,
	`bond` text NOT NULL,
	`locked` text NOT NULL,
	`lots` integer NOT NULL,
	`availability` integer NOT NULL,
	`reputation` integer NOT NULL,
	`batches_final` integer NOT NULL,
	`load` integer NOT NULL,
	`missed` integer NOT NULL,
	`registered_height` integer NOT NULL,
	`lapses` integer NOT NULL,
	`units_paid` integer NOT NULL,
	`gas_paid` text NOT NULL,
	`earned` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `workers_by_operator` ON `workers` (`operator`);--> statement-breakpoint
CREATE INDEX `workers_by_ask` ON `workers` (`ask`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_reputation` ON `workers` (`reputation`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_earned` ON `workers` (`earned`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_registered` ON `workers` (`registered_height`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_status` ON `workers` (`status`,`owner`);