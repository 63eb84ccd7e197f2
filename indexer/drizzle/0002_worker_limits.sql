ALTER TABLE `workers` ADD `modules` text NOT NULL;--> statement-breakpoint
ALTER TABLE `workers` ADD `max_gas_limit` text NOT NULL;