CREATE TABLE `slashes` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`owner` text NOT NULL,
	`amount` text NOT NULL,
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`height` integer NOT NULL,
	`release_height` integer NOT NULL,
	`shares` text NOT NULL,
	`state` text NOT NULL,
	`ended_height` integer,
	`burned` text
);
--> statement-breakpoint
CREATE INDEX `slashes_by_owner` ON `slashes` (`owner`,`id`);--> statement-breakpoint
CREATE INDEX `slashes_by_batch` ON `slashes` (`job_id`,`batch`,`epoch`);--> statement-breakpoint
ALTER TABLE `workers` ADD `standing` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `workers` ADD `frauds` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `workers` ADD `jail_until` integer DEFAULT 0 NOT NULL;