import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { Schemas } from '../api/client.ts';
import { Skeleton } from '../components/States.tsx';
import { useText } from '../i18n/index.tsx';
import { NoPermission, NotFound } from '../routes/access/Dead.tsx';
import { Home } from '../routes/employee/Home.tsx';
import { Boundary } from './Boundary.tsx';
import { Navigation } from './Navigation.tsx';
import s from './Shell.module.css';
import { sectionsOf } from './sections.ts';

type Role = Schemas['Role'];

// The start page is in the first chunk; whatever is one tap away comes when it is asked for.
const Shares = lazy(() => import('../routes/employee/Shares.tsx'));
const Year = lazy(() => import('../routes/employee/Year.tsx'));
const Me = lazy(() => import('../routes/employee/Me.tsx'));
const Connect = lazy(() => import('../routes/employee/Connect.tsx'));
const Marketing = lazy(() => import('../routes/marketer/Marketing.tsx'));
const Hr = lazy(() => import('../routes/hr/Hr.tsx'));
const Admin = lazy(() => import('../routes/admin/Admin.tsx'));

/** The house: navigation beside or below, one screen in the middle. Each back-office area is a chunk of its own. */
export function Shell({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const [path] = useLocation();
  const may = (role: Role) => me.roles.includes(role);
  const start = sectionsOf(me.roles)[0]?.href ?? '/me';
  return (
    <div className={s.shell}>
      <a className={s.skip} href="#main">
        {text.skip}
      </a>
      <Navigation me={me} />
      <main id="main" className={s.main} tabIndex={-1}>
        <Boundary key={path}>
          <Suspense fallback={<div className={s.waiting}>{<Skeleton />}</div>}>
            <Switch>
              <Route path="/">{may('employee') ? <Home me={me} /> : <Redirect to={start} replace />}</Route>
              <Route path="/shares">{may('employee') ? <Shares /> : <NoPermission />}</Route>
              <Route path="/year">{may('employee') ? <Year /> : <NoPermission />}</Route>
              <Route path="/me">
                <Me me={me} />
              </Route>
              <Route path="/connect/:network">{({ network }) => <Connect word={network} />}</Route>
              <Route path="/marketing/*?">{may('marketer') ? <Marketing /> : <NoPermission />}</Route>
              <Route path="/hr/*?">{may('hr') ? <Hr /> : <NoPermission />}</Route>
              <Route path="/admin/*?">{may('admin') ? <Admin /> : <NoPermission />}</Route>
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </main>
    </div>
  );
}
