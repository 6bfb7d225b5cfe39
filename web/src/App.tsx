import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { signedIn } from './api/cache.ts';
import { sessionQuery } from './api/queries.ts';
import { Failed } from './components/States.tsx';
import { ToastProvider } from './components/Toast.tsx';
import { browserLang, browserZone, type Lang, LanguageProvider } from './i18n/index.tsx';
import { SignIn } from './routes/access/SignIn.tsx';
import { Boundary } from './shell/Boundary.tsx';
import { Shell } from './shell/Shell.tsx';

const Setup = lazy(() => import('./routes/access/Setup.tsx'));
const Invite = lazy(() => import('./routes/access/Invite.tsx'));
const Renew = lazy(() => import('./routes/access/Renew.tsx'));
const Stop = lazy(() => import('./routes/access/Stop.tsx'));

/** Decides between the doors (sign-in, set-up, invitation, the links of a mail) and the house. */
export function App() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Lang>(browserLang);
  const lang = session?.person.language ?? chosen;
  const zone = session?.person.time_zone ?? browserZone();
  if (session === undefined && !error) return null;
  return (
    <LanguageProvider lang={lang} zone={zone} setLang={setChosen}>
      <Boundary>
        <ToastProvider>
          <Switch>
            <Route path="/setup">
              <Suspense>
                <Setup />
              </Suspense>
            </Route>
            <Route path="/invite">
              <Suspense>
                <Invite />
              </Suspense>
            </Route>
            <Route path="/renew">
              <Suspense>
                <Renew />
              </Suspense>
            </Route>
            <Route path="/unsubscribe/:token">
              {({ token }) => (
                <Suspense>
                  <Stop token={token} />
                </Suspense>
              )}
            </Route>
            <Route>
              {error ? (
                <Failed error={error} onRetry={() => refetch()} />
              ) : session ? (
                <Shell me={session.person} />
              ) : (
                <SignIn onDone={next => signedIn(client, next)} />
              )}
            </Route>
          </Switch>
        </ToastProvider>
      </Boundary>
    </LanguageProvider>
  );
}
