//! The page of switches: first what everybody understands, then everything for testers.

use axum::extract::State;
use maud::{Markup, html};

use super::{chance, people, port, posts, versions};
use crate::faults::ready::GROUPS;
use crate::page::{self, Face};
use crate::switches::rules::{answers, figure, figures, questions};
use crate::world::World;
use crate::{Endpoint, Flaw, Rules};

/// Faults of the next post that a person can switch on with one press.
const ONE_PRESS: [(&str, &str, &str); 9] = [
    ("refused", "Server error", "LinkedIn says that something is wrong. Nothing was posted."),
    ("before", "No answer, not posted", "The connection breaks before LinkedIn takes the post."),
    ("after", "No answer, posted", "LinkedIn takes the post, but its answer never comes."),
    ("commit_late", "Posted later", "The connection breaks; the post appears 5 seconds later."),
    ("gateway", "Gateway timeout", "LinkedIn takes the post, and answers that it is not sure (504)."),
    ("late", "Slow answer", "LinkedIn takes the post; its answer takes 20 seconds."),
    ("revoked_token", "Permission withdrawn", "LinkedIn says that the member does not allow it any more."),
    ("version", "Version gone", "LinkedIn does not serve this version of its API any more (426)."),
    ("throttled", "Day is full", "LinkedIn takes no more posts of this member today (429)."),
];

pub(crate) async fn show(State(world): State<World>) -> Markup {
    let (waiting, rules) = {
        let state = world.state();
        (state.faults.describe(), state.rules.clone())
    };
    page::practice(
        Face::LinkedIn,
        "Switches · Practice LinkedIn (sandbox)",
        "/switches",
        &html! {
            main.wide {
                h1 { "Switches" }
                p.lead { "What goes wrong with the next calls, whose permission ends now, and how the networks behave." }
                h2 { "Switched on" }
                @if waiting.is_empty() { p.quiet { "Nothing: every call is answered as it should be." } } @else {
                    ul.addresses { @for words in &waiting { li { (words) } } }
                    form.clear method="post" action="/switches/faults/clear" { button type="submit" { "Switch everything off" } }
                }
                h2 { "The next post on LinkedIn" }
                form.grid method="post" {
                    @for (name, title, words) in ONE_PRESS {
                        section.card.switch { h3 { (title) } p { (words) } button type="submit" name="fault" value=(name) { "Switch on" } }
                    }
                }
                (people::section(&world))
                (posts::section(&world))
                h2 { "For testers" }
                p { "Every call of every network, and what nobody promises about them." }
                div.folds {
                    (any_call(&world))
                    (port::section(&world))
                    (versions::section(&world))
                    (people::keys())
                    (behaviour(&rules))
                    (chance::section())
                }
            }
        },
    )
}

fn any_call(world: &World) -> Markup {
    html! {
        details.card.fold {
            summary { "Any call" }
            form.fields method="post" {
                label { "Call" select name="endpoint" {
                    @for (network, calls) in by_network(&Endpoint::ALL) { optgroup label=(network) {
                        @for (endpoint, words) in calls { option value=[name_of(endpoint)] { (words) } }
                    } }
                } }
                label { "Who" select name="member" { option value="" { "Anyone" } (people::choices(world)) } }
                label { "When" select name="when" {
                    option value="next" { "The next … calls" }
                    option value="every" { "Every …th call" }
                    option value="chance" { "… % of calls, by chance" }
                } }
                label { "Number" input type="number" name="number" value="1" min="1" max="100000" required; }
                label { "What" select name="fault" {
                    @for (group, names) in GROUPS { optgroup label=(group) {
                        @for (name, words) in names { option value=(name) { (words) } }
                    } }
                    optgroup label="Company sign-in has a flaw" {
                        @for name in Flaw::ALL.into_iter().filter_map(Flaw::name) { option value=(name) { (plain(&name)) } }
                    }
                    option value="as_if" { "As if a figure or an answer were another" }
                    option value="own" { "An answer of my own" }
                } }
                label { "Milliseconds, if it takes time" input type="number" name="ms" min="0" placeholder="as it says"; }
                label { "As if (name=value)" input type="text" name="as_if" list="as-if" placeholder="created=both"; }
                datalist #as-if {
                    @for (name, _, choices) in questions() { @for choice in choices { option value=(format!("{name}={choice}")) {} } }
                    @for (name, _) in figures() { option value=(format!("{name}=")) {} }
                }
                label { "Status of my own" input type="number" name="status" value="500" min="200" max="599"; }
                label.whole { "Body of my own (HTML, JSON, broken or empty)" textarea name="body" rows="2" {} }
                label.check { input type="checkbox" name="after" value="1"; " The call is carried out before my own answer" }
                button.primary type="submit" { "Switch on" }
            }
        }
    }
}

/// The calls below the networks that their words begin with.
fn by_network(all: &[(Endpoint, &'static str)]) -> Vec<(&'static str, Vec<(Endpoint, &'static str)>)> {
    let mut groups: Vec<(&str, Vec<_>)> = Vec::new();
    for (endpoint, words) in all {
        let (network, call) = words.split_once(": ").unwrap_or(("Other", *words));
        match groups.iter_mut().find(|(known, _)| *known == network) {
            Some((_, calls)) => calls.push((*endpoint, call)),
            None => groups.push((network, vec![(*endpoint, call)])),
        }
    }
    groups
}

fn name_of(endpoint: Endpoint) -> Option<String> {
    serde_json::to_value(endpoint).ok()?.as_str().map(String::from)
}

fn plain(choice: &str) -> String {
    choice.replace('_', " ")
}

/// Words below the heading of their network.
fn under(heading: &str, words: &str) -> String {
    let rest =
        words.strip_prefix(heading).map_or(words, |rest| rest.trim_start_matches("'s").trim_start_matches([':', ' ']));
    let mut letters = rest.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn behaviour(rules: &Rules) -> Markup {
    let given = answers(&rules.questions);
    let of_linkedin = |words: &str| words.starts_with("LinkedIn");
    html! {
        details.card.fold {
            summary { "Figures and open questions" }
            p { "Nobody promises how the networks answer these. The first choice is what is most often seen." }
            form.fields method="post" action="/switches/rules" {
                @for (heading, is_linkedin) in [("LinkedIn", true), ("Other networks", false)] {
                    h3 { (heading) }
                    @for (name, words) in figures().filter(|(_, words)| of_linkedin(words) == is_linkedin) {
                        label { (under(heading, words)) input type="number" name=(name) value=(figure(rules, name)) min="0" required; }
                    }
                    @for (name, words, choices) in questions().filter(|(_, words, _)| of_linkedin(words) == is_linkedin) {
                        label { (under(heading, words)) select name=(name) {
                            @for choice in choices { option value=(choice) selected[given[name] == *choice] { (plain(choice)) } }
                        } }
                    }
                }
                button.primary type="submit" { "Save" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_not_repeated_below_their_heading() {
        for (words, shown) in [
            ("LinkedIn: a draft is", "A draft is"),
            ("LinkedIn's refresh tokens", "Refresh tokens"),
            ("LinkedIn tells a locale as", "Tells a locale as"),
            ("Bluesky: the same key", "Bluesky: the same key"),
        ] {
            assert_eq!(under("LinkedIn", words), shown);
        }
    }

    #[test]
    fn every_call_has_a_network() {
        let groups = by_network(&Endpoint::ALL);
        assert_eq!(groups[0].0, "LinkedIn");
        assert_eq!(groups.iter().map(|(_, calls)| calls.len()).sum::<usize>(), Endpoint::ALL.len());
    }
}
