import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { makeQueryClient } from './api/cache.ts';
import { postsQuery, sessionQuery } from './api/queries.ts';
import { ignoreStrayClicks } from './lib/stray.ts';

ignoreStrayClicks(window);
const client = makeQueryClient();
// The page's head asked for the session already. This takes that answer, and on an employee's start page asks for the
// posts, before React draws anything.
void client.fetchQuery(sessionQuery).then(
  session => {
    if (location.pathname === '/' && !location.search && session?.person.roles.includes('employee')) {
      void client.prefetchInfiniteQuery(postsQuery({ topic: '', q: '' }));
    }
  },
  () => {}, // the app asks again and shows what is wrong
);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
