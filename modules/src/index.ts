export { assembleBulb, type RenderedTile } from './bulb/assemble.js';
export { BULB_PICTURE, type BulbJob, bulbInputs, parseTile, type Tile } from './bulb/inputs.js';
export { type DigitImages, digitImages, HELD_OUT, type LabelledImage, PIXELS, SIDE } from './digits/data.js';
export { type DigitsJob, digitsAccuracy, digitsInputs, digitsLabels, parseDigits } from './digits/inputs.js';
export { declarationLines, type LabelledLine } from './languages/declarations.js';
export {
  knownLanguages,
  type LanguagesJob,
  languagesInputs,
  languagesLabels,
  parseVerdicts,
  type Verdict,
} from './languages/inputs.js';
export { MODULE_NAMES, type ModuleName, moduleBytes } from './module-bytes.js';
export { seededRandom, shuffled } from './random.js';
export type { UnitInput } from './unit-input.js';
