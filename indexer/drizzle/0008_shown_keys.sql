ALTER TABLE `leases` ADD `key_shown_height` integer;--> statement-breakpoint
ALTER TABLE `leases` ADD `key_shown_by` text;--> statement-breakpoint
ALTER TABLE `selections` DROP COLUMN `key_shown_height`;--> statement-breakpoint
ALTER TABLE `selections` DROP COLUMN `key_shown_by`;