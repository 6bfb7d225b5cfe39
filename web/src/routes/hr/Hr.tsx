import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../access/Dead.tsx';
import { HrYear } from './HrYear.tsx';

/** The area of HR, one chunk. */
export default function Hr() {
  return (
    <Switch>
      <Route path="/hr">
        <Redirect to="/hr/year" replace />
      </Route>
      <Route path="/hr/year">
        <HrYear />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
