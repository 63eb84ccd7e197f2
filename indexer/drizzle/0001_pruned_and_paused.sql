CREATE TABLE `payout_pauses` (
	`account` text NOT NULL,
	`height` integer NOT NULL,
	`held` text NOT NULL,
	`owed` text NOT NULL,
	`resumed_height` integer,
	PRIMARY KEY(`account`, `height`)
);
--> statement-breakpoint
ALTER TABLE `jobs` ADD `pruned_batches` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `pruned_height` integer DEFAULT 0 NOT NULL;