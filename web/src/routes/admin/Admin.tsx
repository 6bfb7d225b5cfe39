import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../access/Dead.tsx';
import { Organisation } from './Organisation.tsx';
import { People } from './People.tsx';
import { Publishing } from './Publishing.tsx';

/** The admin's area, one chunk. */
export default function Admin() {
  return (
    <Switch>
      <Route path="/admin">
        <Redirect to="/admin/people" replace />
      </Route>
      <Route path="/admin/people">
        <People />
      </Route>
      <Route path="/admin/publishing">
        <Publishing />
      </Route>
      <Route path="/admin/organisation">
        <Organisation />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
