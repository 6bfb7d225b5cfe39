//! What happens to stories while the sandbox runs: they come out, their titles are edited, they are taken back.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::story::{Item, Shelf, Story, all, announced, find};
use crate::world::World;

/// What happened to stories since the sandbox began.
#[derive(Default)]
pub(crate) struct Changes {
    /// When each reserve story came out, by its slug.
    pub(super) published: HashMap<String, DateTime<Utc>>,
    /// How often each title was edited, and when for the last time.
    pub(super) edited: HashMap<String, (u32, DateTime<Utc>)>,
    pub(super) withdrawn: HashSet<String>,
}

/// How many stories wait in reserve.
pub(super) fn reserve(world: &World, shelf: Shelf) -> usize {
    let changes = &world.state().stories;
    shelf.stories().iter().filter(|story| waits(changes, story)).count()
}

fn waits(changes: &Changes, story: &Story) -> bool {
    story.hours.is_none() && !changes.published.contains_key(&story.slug)
}

/// Brings out the next story in reserve.
pub(super) fn bring_out(world: &World, shelf: Shelf, at: DateTime<Utc>) -> Option<Item> {
    let slug = {
        let changes = &mut world.state().stories;
        let next = shelf.stories().iter().find(|story| waits(changes, story))?;
        changes.published.insert(next.slug.clone(), at);
        &next.slug
    };
    announced(world, shelf).into_iter().find(|item| item.story.slug == *slug)
}

/// Changes the title of the newest item.
pub(super) fn edit(world: &World, shelf: Shelf) -> Option<Item> {
    let newest = all(world, shelf).into_iter().next()?;
    let now = world.now();
    let slug = newest.story.slug.clone();
    world
        .state()
        .stories
        .edited
        .entry(slug.clone())
        .and_modify(|(times, at)| (*times, *at) = (*times + 1, now))
        .or_insert((1, now));
    find(world, shelf, &slug)
}

/// Takes the newest item back.
pub(super) fn withdraw(world: &World, shelf: Shelf) -> Option<Item> {
    let newest = all(world, shelf).into_iter().next()?;
    world.state().stories.withdrawn.insert(newest.story.slug.clone());
    Some(newest)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::Settings;
    use crate::feeds::story::items;

    #[test]
    fn every_shelf_has_news_and_a_reserve() {
        let world = World::new("http://sandbox".into(), Settings::default());
        for shelf in Shelf::ALL {
            let before = items(&world, shelf);
            assert!(before.len() >= 7 && before.windows(2).all(|pair| pair[0].published > pair[1].published));
            assert!(world.now() - before[0].published < Duration::hours(10));
            let out = bring_out(&world, shelf, world.now()).unwrap();
            assert_eq!(items(&world, shelf)[0].title, out.title);
            assert!(edit(&world, shelf).unwrap().title.ends_with("(versie 2)"));
            assert!(edit(&world, shelf).unwrap().title.ends_with("(versie 3)"));
            assert_eq!(withdraw(&world, shelf).unwrap().story.slug, out.story.slug);
            assert_eq!(items(&world, shelf)[0].title, before[0].title);
        }
        assert_eq!(items(&world, Shelf::Videos).len(), 15);
    }
}
