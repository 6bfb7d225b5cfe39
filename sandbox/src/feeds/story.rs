//! The stories behind the sample feeds and when each came out.

use std::sync::LazyLock;

use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;

use crate::world::World;

/// A story as it lies in the `content` folder.
#[derive(Deserialize)]
pub(super) struct Story {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) text: Vec<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) author: String,
    pub(super) picture: String,
    /// Age in hours; a story without one waits in reserve.
    pub(super) hours: Option<u32>,
    #[serde(default)]
    pub(super) short: bool,
}

/// The sample feeds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    Videos,
    Nieuws,
    Insights,
    Vacatures,
    Agenda,
}

struct Stories {
    videos: Vec<Story>,
    nieuws: Vec<Story>,
    insights: Vec<Story>,
    vacatures: Vec<Story>,
    agenda: Vec<Story>,
}

static STORIES: LazyLock<Stories> = LazyLock::new(|| Stories {
    videos: parse(include_str!("../../content/videos.json")),
    nieuws: parse(include_str!("../../content/nieuws.json")),
    insights: parse(include_str!("../../content/insights.json")),
    vacatures: parse(include_str!("../../content/vacatures.json")),
    agenda: parse(include_str!("../../content/agenda.json")),
});

/// The files are part of the program, and a test reads each of them.
fn parse(json: &str) -> Vec<Story> {
    serde_json::from_str(json).expect("the sample stories are valid JSON")
}

impl Shelf {
    pub(super) const ALL: [Self; 5] = [Self::Videos, Self::Nieuws, Self::Insights, Self::Vacatures, Self::Agenda];

    /// The name in addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Videos => "videos",
            Self::Nieuws => "nieuws",
            Self::Insights => "insights",
            Self::Vacatures => "vacatures",
            Self::Agenda => "agenda",
        }
    }

    /// The title of the feed.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Videos => "Voorbeeld Energie",
            Self::Nieuws => "Voorbeeld Energie – Nieuws",
            Self::Insights => "Voorbeeld Energie Insights",
            Self::Vacatures => "Werken bij Voorbeeld Energie",
            Self::Agenda => "Voorbeeld Energie op pad",
        }
    }

    /// The form of the feed, in words.
    pub(super) fn form(self) -> &'static str {
        match self {
            Self::Videos => "YouTube channel (Atom with media:group)",
            Self::Nieuws => "WordPress (RSS 2.0 with content:encoded)",
            Self::Insights => "Blog (Atom 1.0)",
            Self::Vacatures => "Vacancies (RSS 2.0)",
            Self::Agenda => "Events (RSS 2.0), whose pictures may go",
        }
    }

    /// The path of the feed.
    pub(super) fn path(self) -> String {
        match self {
            Self::Videos => format!("/feeds/videos.xml?channel_id={}", super::CHANNEL),
            other => format!("/feeds/{}.xml", other.name()),
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.name() == name)
    }

    pub(super) fn stories(self) -> &'static [Story] {
        match self {
            Self::Videos => &STORIES.videos,
            Self::Nieuws => &STORIES.nieuws,
            Self::Insights => &STORIES.insights,
            Self::Vacatures => &STORIES.vacatures,
            Self::Agenda => &STORIES.agenda,
        }
    }

    /// How many entries the feed shows; YouTube's always show fifteen.
    fn length(self) -> usize {
        if self == Self::Videos { 15 } else { 50 }
    }
}

/// A story that has come out.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) shelf: Shelf,
    /// Its place in the file, stable for as long as the file is.
    pub(super) number: usize,
    pub(super) story: &'static Story,
    /// As it reads after the latest edit.
    pub(super) title: String,
    pub(super) published: DateTime<Utc>,
    /// The latest edit, or the publication.
    pub(super) changed: DateTime<Utc>,
}

impl Item {
    /// The path of its page.
    pub(super) fn path(&self) -> String {
        let slug = &self.story.slug;
        match self.shelf {
            Shelf::Videos if self.story.short => format!("/shorts/{slug}"),
            Shelf::Videos => format!("/watch?v={slug}"),
            other => format!("/{}/{slug}", other.name()),
        }
    }

    /// The path of its picture.
    pub(super) fn picture(&self) -> String {
        match self.shelf {
            Shelf::Videos => format!("/ytimg/vi/{}/hqdefault.jpg", self.story.slug),
            _ => format!("/pictures/{}/1200x627.jpg", self.story.picture),
        }
    }
}

/// What the feed shows, newest first.
pub(super) fn items(world: &World, shelf: Shelf) -> Vec<Item> {
    let mut items = all(world, shelf);
    items.truncate(shelf.length());
    items
}

/// Everything that has come out, newest first.
pub(super) fn all(world: &World, shelf: Shelf) -> Vec<Item> {
    let mut newest = announced(world, shelf);
    newest.retain(|item| item.published <= world.now());
    newest
}

/// Everything that has come out or is about to, newest first.
pub(super) fn announced(world: &World, shelf: Shelf) -> Vec<Item> {
    let events = &world.state().stories;
    let published = |story: &Story| match story.hours {
        // Minutes that differ, so that nothing looks made at the stroke of the hour.
        Some(hours) => {
            Some(world.news_from() - Duration::hours(hours.into()) - Duration::minutes(i64::from(hours * 7 % 60)))
        }
        None => events.published.get(&story.slug).copied(),
    };
    let come_out = |(number, story): (usize, &'static Story)| {
        let published = published(story).filter(|_| !events.withdrawn.contains(&story.slug))?;
        let (title, changed) = match events.edited.get(&story.slug) {
            Some((times, at)) => (format!("{} (versie {})", story.title, times + 1), *at),
            None => (story.title.clone(), published),
        };
        Some(Item { shelf, number, story, title, published, changed })
    };
    let mut newest: Vec<Item> = shelf.stories().iter().enumerate().filter_map(come_out).collect();
    newest.sort_by_key(|item| std::cmp::Reverse(item.published));
    newest
}

/// A story that has come out, by its slug.
pub(super) fn find(world: &World, shelf: Shelf, slug: &str) -> Option<Item> {
    all(world, shelf).into_iter().find(|item| item.story.slug == slug)
}

/// The name of the drawing for a video of the sample channel.
pub(crate) fn picture_of(video: &str) -> Option<&'static str> {
    STORIES.videos.iter().find(|story| story.slug == video).map(|story| story.picture.as_str())
}
