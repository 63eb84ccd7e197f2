CREATE TABLE `validators` (
	`operator` text PRIMARY KEY NOT NULL,
	`proposed` integer NOT NULL,
	`live` integer NOT NULL,
	`last_proposed_height` integer NOT NULL,
	`key_height` integer,
	`referee` text,
	`votes` integer NOT NULL,
	`absences` integer NOT NULL,
	`jailed` integer NOT NULL,
	`earned` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `validators_by_proposed` ON `validators` (`proposed`,`operator`);