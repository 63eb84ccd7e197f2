import { writeGolden } from './golden.js';
import { corpusPrograms } from './index.js';

await writeGolden(corpusPrograms());
