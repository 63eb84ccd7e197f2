import { Page } from '../ui/page.js';

export const NotFound = () => (
  <Page title="No such page">
    <p class="notice">
      There is nothing at this address. Search by a job's number, an address or a module's id, or start from
      the <a href="/">overview</a>.
    </p>
  </Page>
);
