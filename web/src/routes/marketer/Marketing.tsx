import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../access/Dead.tsx';
import { Definition } from './definitions/Definition.tsx';
import { Definitions } from './definitions/Definitions.tsx';
import { nameIn } from './definitions/place.ts';
import { Feed } from './feeds/Feed.tsx';
import { Feeds } from './feeds/Feeds.tsx';
import { FeedFilter } from './filters/FeedFilter.tsx';
import { Library } from './posts/Library.tsx';
import { NewPost } from './posts/NewPost.tsx';
import { FeedMapping } from './reading/FeedMapping.tsx';
import { Trail } from './trail/Trail.tsx';
import { Wizard } from './wizard/Wizard.tsx';

/** The marketer's area, one chunk. */
export default function Marketing() {
  return (
    <Switch>
      <Route path="/marketing">
        <Redirect to="/marketing/feeds" replace />
      </Route>
      <Route path="/marketing/feeds">
        <Feeds />
      </Route>
      <Route path="/marketing/feeds/new">
        <Wizard />
      </Route>
      <Route path="/marketing/feeds/:id/mapping">{({ id }) => <FeedMapping key={id} id={id} />}</Route>
      <Route path="/marketing/feeds/:id">{({ id }) => <Feed id={id} />}</Route>
      <Route path="/marketing/feeds/:id/filter">{({ id }) => <FeedFilter id={id} />}</Route>
      <Route path="/marketing/posts">
        <Library />
      </Route>
      <Route path="/marketing/posts/new">
        <NewPost />
      </Route>
      <Route path="/marketing/definitions">
        <Definitions />
      </Route>
      <Route path="/marketing/definitions/:name">
        {({ name }) => <Definition key={name} name={nameIn(window.location.pathname)} />}
      </Route>
      <Route path="/marketing/trail">
        <Trail />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
