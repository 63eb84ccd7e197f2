CREATE TABLE `proposal_votes` (
	`proposal_id` integer NOT NULL,
	`voter` text NOT NULL,
	`options` text NOT NULL,
	`height` integer NOT NULL,
	PRIMARY KEY(`proposal_id`, `voter`)
);
--> statement-breakpoint
CREATE INDEX `proposal_votes_by_voter` ON `proposal_votes` (`voter`,`proposal_id`);--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` integer PRIMARY KEY NOT NULL,
	`proposer` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`messages` text NOT NULL,
	`status` text NOT NULL,
	`expedited` integer NOT NULL,
	`deposit` text NOT NULL,
	`submit_time` integer NOT NULL,
	`deposit_end_time` integer,
	`voting_start_time` integer,
	`voting_end_time` integer,
	`yes` text,
	`abstain` text,
	`no` text,
	`no_with_veto` text,
	`failed_reason` text NOT NULL,
	`votes` integer NOT NULL,
	`submitted_height` integer NOT NULL,
	`changed_height` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `proposals_by_status` ON `proposals` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `supply_periods` (
	`size` text NOT NULL,
	`start` integer NOT NULL,
	`minted` text NOT NULL,
	`burned` text NOT NULL,
	`supply` text NOT NULL,
	PRIMARY KEY(`size`, `start`)
);
--> statement-breakpoint
ALTER TABLE `totals` ADD `supply` text DEFAULT '010' NOT NULL;--> statement-breakpoint
ALTER TABLE `totals` ADD `minted` text DEFAULT '010' NOT NULL;--> statement-breakpoint
ALTER TABLE `totals` ADD `burned` text DEFAULT '010' NOT NULL;--> statement-breakpoint
ALTER TABLE `totals` ADD `staked` text DEFAULT '010' NOT NULL;--> statement-breakpoint
ALTER TABLE `totals` ADD `bonded_validators` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `validators` ADD `moniker` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `validators` ADD `status` text;--> statement-breakpoint
ALTER TABLE `validators` ADD `is_jailed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `validators` ADD `stake` text DEFAULT '010' NOT NULL;--> statement-breakpoint
ALTER TABLE `validators` ADD `commission` text;--> statement-breakpoint
ALTER TABLE `validators` ADD `consensus_address` text;--> statement-breakpoint
ALTER TABLE `validators` ADD `changed_height` integer;--> statement-breakpoint
CREATE INDEX `validators_by_stake` ON `validators` (`stake`,`operator`);--> statement-breakpoint
CREATE INDEX `validators_by_status_stake` ON `validators` (`status`,`stake`,`operator`);--> statement-breakpoint
CREATE INDEX `validators_by_status` ON `validators` (`status`,`operator`);--> statement-breakpoint
CREATE INDEX `validators_by_status_proposed` ON `validators` (`status`,`proposed`,`operator`);--> statement-breakpoint
CREATE INDEX `validators_by_consensus` ON `validators` (`consensus_address`,`operator`);