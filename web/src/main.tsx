import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { makeQueryClient } from './api/cache.ts';
import { postsQuery, sessionQuery } from './api/queries.ts';

const client = makeQueryClient();
// Asked for before React draws: who is here, and on the start page the posts.
void client.prefetchQuery(sessionQuery);
if (location.pathname === '/' && !location.search)
  void client.prefetchInfiniteQuery(postsQuery({ topic: '', q: '' }));

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
