ALTER TABLE `blocks` ADD `named` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `checkpoint` ADD `pruned_height` integer DEFAULT 0 NOT NULL;