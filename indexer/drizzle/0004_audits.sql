CREATE TABLE `audits` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`place` integer NOT NULL,
	`state` text NOT NULL,
	`worker` text NOT NULL,
	`units` text NOT NULL,
	`round` integer NOT NULL,
	`auditor` text,
	`ask` text NOT NULL,
	`deadline` integer NOT NULL,
	`deposit` text NOT NULL,
	`posted_height` integer,
	`differing` text NOT NULL,
	`fee` text,
	`fee_source` text,
	`changed_height` integer NOT NULL,
	`ended_height` integer,
	`lost` integer NOT NULL,
	PRIMARY KEY(`job_id`, `batch`, `epoch`, `place`)
);
--> statement-breakpoint
CREATE INDEX `audits_by_auditor` ON `audits` (`auditor`,`job_id`,`batch`,`epoch`,`place`);--> statement-breakpoint
CREATE TABLE `selections` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`worker` text NOT NULL,
	`seed_height` integer NOT NULL,
	`auditors` integer NOT NULL,
	`earmarked` text NOT NULL,
	`height` integer NOT NULL,
	`key_shown_height` integer,
	`key_shown_by` text,
	PRIMARY KEY(`job_id`, `batch`, `epoch`)
);
--> statement-breakpoint
CREATE INDEX `selections_by_worker` ON `selections` (`worker`,`job_id`,`batch`,`epoch`);--> statement-breakpoint
CREATE TABLE `withheld` (
	`job_id` integer NOT NULL,
	`batch` integer NOT NULL,
	`epoch` integer NOT NULL,
	`worker` text NOT NULL,
	`state` text NOT NULL,
	`deadline` integer NOT NULL,
	`bond` text NOT NULL,
	`height` integer NOT NULL,
	`ended_height` integer,
	`end_cause` text,
	PRIMARY KEY(`job_id`, `batch`, `epoch`)
);
--> statement-breakpoint
CREATE INDEX `withheld_by_worker` ON `withheld` (`worker`,`job_id`,`batch`,`epoch`);