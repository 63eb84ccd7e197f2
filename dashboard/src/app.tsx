import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso';
import { usePulse } from './api/use-answer.js';
import { NotFound } from './pages/not-found.js';
import { Overview } from './pages/overview.js';
import { Header } from './ui/header.js';

const Jobs = lazy(() => import('./pages/jobs.js').then((page) => page.Jobs));
const Job = lazy(() => import('./pages/job.js').then((page) => page.Job));
const Workers = lazy(() => import('./pages/workers.js').then((page) => page.Workers));
const Worker = lazy(() => import('./pages/worker.js').then((page) => page.Worker));
const Market = lazy(() => import('./pages/market.js').then((page) => page.Market));
const Modules = lazy(() => import('./pages/modules.js').then((page) => page.Modules));
const Module = lazy(() => import('./pages/module.js').then((page) => page.Module));
const Disputes = lazy(() => import('./pages/disputes.js').then((page) => page.Disputes));
const Validators = lazy(() => import('./pages/validators.js').then((page) => page.Validators));
const Dispute = lazy(() => import('./pages/dispute.js').then((page) => page.Dispute));
const Block = lazy(() => import('./pages/block.js').then((page) => page.Block));
const Search = lazy(() => import('./pages/search.js').then((page) => page.Search));
const Account = lazy(() => import('./pages/account.js').then((page) => page.Account));

function Footer() {
  const { beat } = usePulse();
  return (
    <footer>
      <p>{beat?.chainId ?? '\u2007'}</p>
      <p>
        Read from the chain by its indexer, through the <a href="/graphql">API</a> that is open to everyone.
      </p>
    </footer>
  );
}

export const App = () => (
  <LocationProvider scope={/^\/(?!graphql|health|ready|live)/}>
    <Header />
    <main id="main">
      <ErrorBoundary>
        <Router>
          <Route path="/" component={Overview} />
          <Route path="/jobs" component={Jobs} />
          <Route path="/jobs/:id" component={Job} />
          <Route path="/workers" component={Workers} />
          <Route path="/workers/:address" component={Worker} />
          <Route path="/market" component={Market} />
          <Route path="/modules" component={Modules} />
          <Route path="/modules/:id" component={Module} />
          <Route path="/accounts/:address" component={Account} />
          <Route path="/disputes" component={Disputes} />
          <Route path="/disputes/:id" component={Dispute} />
          <Route path="/validators" component={Validators} />
          <Route path="/blocks/:height" component={Block} />
          <Route path="/search" component={Search} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
    </main>
    <Footer />
  </LocationProvider>
);
