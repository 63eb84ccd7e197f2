import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema/index.js';

/** Path of the committed schema. */
export const schemaPath = fileURLToPath(new URL('../schema.graphql', import.meta.url));

/** The schema as text. */
export const printed = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemaPath, printed());
