CREATE TABLE `absences` (
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`dispute_id` integer NOT NULL,
	`validator` text NOT NULL,
	`power` text NOT NULL,
	`jailed` integer NOT NULL,
	PRIMARY KEY(`height`, `position`)
);
--> statement-breakpoint
CREATE INDEX `absences_by_validator` ON `absences` (`validator`,`height`,`position`);--> statement-breakpoint
CREATE TABLE `disputes` (
	`id` integer PRIMARY KEY NOT NULL,
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`unit` integer NOT NULL,
	`worker` text NOT NULL,
	`status` integer NOT NULL,
	`exit_code` integer NOT NULL,
	`gas` text NOT NULL,
	`output_hash` text NOT NULL,
	`cause` text NOT NULL,
	`state` text NOT NULL,
	`poster` text NOT NULL,
	`deposit` text NOT NULL,
	`input_hash` text NOT NULL,
	`posted_height` integer NOT NULL,
	`started_height` integer NOT NULL,
	`commit_deadline` integer NOT NULL,
	`deadline` integer NOT NULL,
	`extended` integer NOT NULL,
	`total_power` text NOT NULL,
	`committed_power` text NOT NULL,
	`revealed_power` text NOT NULL,
	`verdict` text,
	`changed_height` integer NOT NULL,
	`ended_height` integer,
	`returned_height` integer
);
--> statement-breakpoint
CREATE INDEX `disputes_by_state` ON `disputes` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `disputes_by_worker` ON `disputes` (`worker`,`id`);--> statement-breakpoint
CREATE INDEX `disputes_by_batch` ON `disputes` (`job_id`,`batch`,`epoch`,`id`);--> statement-breakpoint
CREATE INDEX `disputes_by_job` ON `disputes` (`job_id`,`id`);--> statement-breakpoint
CREATE TABLE `referees` (
	`validator` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`encryption_key` text NOT NULL,
	`registered_height` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settled_units` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`unit` integer NOT NULL,
	`height` integer NOT NULL,
	PRIMARY KEY(`job_id`, `batch`, `epoch`, `unit`)
);
--> statement-breakpoint
CREATE TABLE `votes` (
	`dispute_id` integer NOT NULL,
	`validator` text NOT NULL,
	`power` text NOT NULL,
	`hash` text,
	`committed_height` integer,
	`status` integer,
	`exit_code` integer,
	`gas` text,
	`output_hash` text,
	`revealed_height` integer,
	`earned` text,
	`absent` integer NOT NULL,
	`jailed` integer NOT NULL,
	PRIMARY KEY(`dispute_id`, `validator`)
);
--> statement-breakpoint
CREATE INDEX `votes_by_validator` ON `votes` (`validator`,`dispute_id`);--> statement-breakpoint
CREATE TABLE `earning_periods` (
	`owner` text NOT NULL,
	`size` text NOT NULL,
	`start` integer NOT NULL,
	`batches` integer NOT NULL,
	`units` integer NOT NULL,
	`gas` text NOT NULL,
	`earned` text NOT NULL,
	PRIMARY KEY(`owner`, `size`, `start`)
);
--> statement-breakpoint
CREATE TABLE `market_periods` (
	`size` text NOT NULL,
	`start` integer NOT NULL,
	`jobs` integer NOT NULL,
	`units_submitted` integer NOT NULL,
	`batches_paid` integer NOT NULL,
	`units_paid` integer NOT NULL,
	`gas_paid` text NOT NULL,
	`paid` text NOT NULL,
	`royalties` text NOT NULL,
	`fees` text NOT NULL,
	`gas_times_ask` text NOT NULL,
	`lowest` text,
	`highest` text,
	`last` text,
	PRIMARY KEY(`size`, `start`)
);
--> statement-breakpoint
CREATE TABLE `requesters` (
	`address` text PRIMARY KEY NOT NULL,
	`jobs` integer NOT NULL,
	`open_jobs` integer NOT NULL,
	`units_paid` integer NOT NULL,
	`gas_paid` text NOT NULL,
	`funded` text NOT NULL,
	`paid` text NOT NULL,
	`royalties` text NOT NULL,
	`fees` text NOT NULL,
	`audits` text NOT NULL,
	`refunded` text NOT NULL,
	`remaining` text NOT NULL,
	`first_height` integer NOT NULL,
	`last_height` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `requesters_by_first` ON `requesters` (`first_height`,`address`);--> statement-breakpoint
CREATE INDEX `requesters_by_paid` ON `requesters` (`paid`,`address`);--> statement-breakpoint
CREATE INDEX `requesters_by_jobs` ON `requesters` (`jobs`,`address`);--> statement-breakpoint
ALTER TABLE `selections` ADD `released` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `queued_batches` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_by_state_price` ON `jobs` (`state`,`max_price`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_by_price` ON `jobs` (`max_price`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_by_funded` ON `jobs` (`funded`,`id`);--> statement-breakpoint
CREATE INDEX `audits_by_worker` ON `audits` (`worker`,`job_id`,`batch`,`epoch`,`place`);--> statement-breakpoint
CREATE INDEX `audits_by_state` ON `audits` (`state`,`job_id`,`batch`,`epoch`,`place`);--> statement-breakpoint
CREATE INDEX `slashes_by_state` ON `slashes` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `workers_by_status_ask` ON `workers` (`status`,`ask`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_status_reputation` ON `workers` (`status`,`reputation`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_status_earned` ON `workers` (`status`,`earned`,`owner`);--> statement-breakpoint
CREATE INDEX `workers_by_status_registered` ON `workers` (`status`,`registered_height`,`owner`);