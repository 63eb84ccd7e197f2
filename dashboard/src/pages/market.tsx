export { NotFound as Market } from './not-found.js';
