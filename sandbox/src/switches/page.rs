//! The page of switches.

use axum::extract::State;
use maud::{Markup, html};

use crate::faults::{ready::NAMES, social, web};
use crate::page::{self, Face};
use crate::switches::rules::{answers, figure, figures, questions};
use crate::world::World;
use crate::{Endpoint, Flaw, Rules};

/// Faults of the next post that a person can switch on with one press.
const ONE_PRESS: [(&str, &str, &str); 7] = [
    ("refused", "Server error", "The next post is refused with 500; nothing was posted."),
    ("before", "Drop before", "The next post is not accepted and its answer never comes."),
    ("after", "Drop after", "The next post is accepted, but its answer never comes."),
    ("gateway", "Gateway timeout", "The next post is accepted, the answer is 504."),
    ("late", "Slow answer", "The answer to the next post takes 20 seconds."),
    ("version", "Version gone", "The next post is refused with 426."),
    ("throttled", "Daily limit", "The next post is refused with 429."),
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
                h2 { "The next post on LinkedIn" }
                form.grid method="post" {
                    @for (name, title, words) in ONE_PRESS {
                        section.card.switch { h3 { (title) } p { (words) } button type="submit" name="fault" value=(name) { "Switch on" } }
                    }
                }
                h2 { "Any call" }
                (any_call(&world))
                h2 { "Waiting" }
                @if waiting.is_empty() { p.quiet { "Nothing is switched on." } } @else {
                    ul.addresses { @for words in &waiting { li { (words) } } }
                    form.clear method="post" action="/switches/faults/clear" { button type="submit" { "Switch everything off" } }
                }
                h2 { "Permissions" }
                form.row method="post" action="/switches/tokens" {
                    label for="holder" { "Member" }
                    select #holder name="member" { @for (number, member) in world.members() { option value=(number) { (member.name) } } }
                    button type="submit" name="end" value="revoked" { "Revoke" }
                    button type="submit" name="end" value="expired" { "Expire" }
                }
                h2 { "Keys of the identity provider" }
                form.row method="post" action="/switches/identity/rotate" { button type="submit" { "Sign with another key" } }
                h2 { "Figures and open questions" }
                p { "Nobody promises how the networks answer these. The first choice is what is most often seen." }
                (behaviour(&rules))
            }
        },
    )
}

fn any_call(world: &World) -> Markup {
    html! {
        form.card.fields method="post" {
            label { "Call" select name="endpoint" {
                @for (endpoint, words) in Endpoint::ALL { option value=[name_of(endpoint)] { (words) } }
            } }
            label { "Who" select name="member" {
                option value="" { "Anyone" }
                @for (number, member) in world.members() { option value=(number) { (member.name) } }
            } }
            label { "When" select name="when" {
                option value="next" { "The next … calls" }
                option value="every" { "Every …th call" }
                option value="chance" { "… % of calls, by chance" }
            } }
            label { "Number" input type="number" name="number" value="1" min="1" max="100000" required; }
            label { "What" select name="fault" {
                option value="own" { "An answer of my own" }
                option value="as_if" { "As if a figure or an answer were another" }
                optgroup label="Any call, and LinkedIn" { @for (name, words) in NAMES { option value=(name) selected[name == "refused"] { (words) } } }
                optgroup label="Feeds and hub" { @for (name, words) in web::NAMES { option value=(name) { (words) } } }
                optgroup label="Mastodon and Bluesky" { @for (name, words) in social::NAMES { option value=(name) { (words) } } }
                optgroup label="Identity provider" {
                    @for name in Flaw::ALL.into_iter().filter_map(Flaw::name) { option value=(name) { (name.replace('_', " ")) } }
                }
            } }
            label { "Status of my own" input type="number" name="status" value="500" min="200" max="599"; }
            label { "As if (name=value, of the list below)" input type="text" name="as_if" list="as-if" placeholder="youtube_ids=empty"; }
            datalist #as-if {
                @for (name, _, choices) in questions() { @for choice in choices { option value=(format!("{name}={choice}")) {} } }
                @for (name, _) in figures() { option value=(format!("{name}=")) {} }
            }
            label.whole { "Body of my own (HTML, JSON, broken or empty)" textarea name="body" rows="2" {} }
            label.check { input type="checkbox" name="after" value="1"; " The call is carried out before my own answer" }
            button.primary type="submit" { "Switch on" }
        }
    }
}

fn name_of(endpoint: Endpoint) -> Option<String> {
    serde_json::to_value(endpoint).ok()?.as_str().map(String::from)
}

fn behaviour(rules: &Rules) -> Markup {
    let given = answers(&rules.questions);
    html! {
        form.card.fields method="post" action="/switches/rules" {
            @for (name, words) in figures() {
                label { (words) input type="number" name=(name) value=(figure(rules, name)) min="0" required; }
            }
            @for (name, words, choices) in questions() {
                label { (words) select name=(name) {
                    @for choice in choices { option value=(choice) selected[given[name] == *choice] { (choice.replace('_', " ")) } }
                } }
            }
            button.primary type="submit" { "Save" }
        }
    }
}
