// Loads whatever asks the API, so that the build can write down all that is asked.
import.meta.glob(['./api/*.ts', './pages/*.{ts,tsx}'], { eager: true });

export { operations } from './api/graphql.js';
