use super::*;

fn opened(network: Network, text: &str) -> Intent {
    opened_with(network, text, None)
}

fn opened_with(network: Network, text: &str, line: Option<&str>) -> Intent {
    let linkedin = Url::parse("https://www.linkedin.com").unwrap();
    let words = Words { title: "We zijn één", text, line, link: "https://k.example/s/aB3?x=1&y=2" };
    dialog(network, &words, &linkedin).unwrap()
}

#[test]
fn every_network_opens_its_own_dialog() {
    const LINK: &str = "https%3A%2F%2Fk.example%2Fs%2FaB3%3Fx%3D1%26y%3D2";
    for (network, address, takes_text) in [
        (Network::LinkedIn, format!("https://www.linkedin.com/sharing/share-offsite/?url={LINK}"), false),
        (Network::X, format!("https://x.com/intent/tweet?text=Kom%20%26%20kijk%2B%0A%C3%A9%C3%A9n&url={LINK}"), true),
        (Network::Facebook, format!("https://www.facebook.com/sharer/sharer.php?u={LINK}"), false),
        (Network::WhatsApp, format!("https://wa.me/?text=Kom%20%26%20kijk%2B%0A%C3%A9%C3%A9n%20{LINK}"), true),
        (
            Network::Threads,
            format!("https://www.threads.com/intent/post?text=Kom%20%26%20kijk%2B%0A%C3%A9%C3%A9n&url={LINK}"),
            true,
        ),
        (Network::Xing, format!("https://www.xing.com/spi/shares/new?url={LINK}"), false),
        (
            Network::Email,
            format!(
                "mailto:?subject=We%20zijn%20%C3%A9%C3%A9n\
                 &body=Kom%20%26%20kijk%2B%0D%0A%C3%A9%C3%A9n%0D%0A%0D%0A{LINK}"
            ),
            true,
        ),
    ] {
        let expected = Intent { address, takes_text, is_cut: false };
        assert_eq!(opened(network, "Kom & kijk+\néén"), expected, "{network:?}");
    }
}

#[test]
fn what_is_too_long_is_cut_after_a_word() {
    let long = format!("{} end", "word ".repeat(100).trim_end());
    for (network, cut, ends) in [
        (Network::X, true, "word%E2%80%A6&url="),
        (Network::Threads, true, "word%E2%80%A6&url="),
        (Network::Email, false, "end%0D%0A"),
        (Network::WhatsApp, false, "end%20http"),
        (Network::LinkedIn, false, "?url="),
    ] {
        let intent = opened(network, &long);
        assert_eq!(intent.is_cut, cut, "{network:?}");
        assert!(intent.address.contains(ends), "{}", intent.address);
    }
}

#[test]
fn x_counts_letters_once_and_pictures_twice() {
    for (text, is_cut) in [
        ("a".repeat(256), false),
        ("a".repeat(257), true),
        ("é".repeat(256), false),
        ("界".repeat(128), false),
        ("界".repeat(129), true),
        ("🎉".repeat(128), false),
    ] {
        let (cut, was_cut) = fit(Network::X, &text, None);
        assert_eq!(was_cut, is_cut, "{text}");
        assert!(cut.chars().map(weight_on_x).sum::<usize>() <= 256, "{cut}");
    }
}

#[test]
fn a_post_has_one_spelling_of_its_address() {
    for (network, address, post) in [
        (Network::X, "https://x.com/somebody/status/1790000000000000001", "https://x.com/i/status/1790000000000000001"),
        (
            Network::X,
            " https://mobile.twitter.com/Some/status/1790000000000000001/photo/1?s=20 ",
            "https://x.com/i/status/1790000000000000001",
        ),
        (Network::Facebook, "https://m.facebook.com/name/posts/123/?ref=x#top", "https://facebook.com/name/posts/123"),
        (
            Network::Facebook,
            "https://www.facebook.com/permalink.php?id=9&story_fbid=pfb0a&ref=x",
            "https://facebook.com/permalink.php?story_fbid=pfb0a&id=9",
        ),
        (Network::Threads, "https://www.threads.net/@me/post/Cx1?x=1", "https://threads.com/@me/post/Cx1"),
        (Network::Xing, "https://www.xing.com/feed/5/post/7/", "https://xing.com/feed/5/post/7"),
    ] {
        assert_eq!(post_of_address(network, address).as_deref(), Some(post), "{address}");
        assert_eq!(post_of_address(network, post).as_deref(), Some(post), "{post}");
    }
}

#[test]
fn what_is_not_a_post_of_that_network_is_refused() {
    for (network, address) in [
        (Network::X, "http://x.com/somebody/status/1790000000000000001"),
        (Network::X, "https://x.com/somebody"),
        (Network::X, "https://x.com.example/somebody/status/1790000000000000001"),
        (Network::X, "https://user:word@x.com/somebody/status/1790000000000000001"),
        (Network::X, "https://x.com:8443/somebody/status/1790000000000000001"),
        (Network::Facebook, "https://facebook.com/"),
        (Network::Facebook, "https://127.0.0.1/name/posts/123"),
        (Network::Threads, "https://x.com/@me/post/Cx1"),
        (Network::WhatsApp, "https://wa.me/123"),
        (Network::Email, "mailto:me@example.com"),
        (Network::Xing, "xing.com/feed/5"),
        (Network::LinkedIn, "https://www.linkedin.com/feed/update/urn:li:share:7000000000000000001/"),
    ] {
        assert_eq!(post_of_address(network, address), None, "{address}");
    }
}

#[test]
fn messages_leave_no_address_to_look_at() {
    let silent: Vec<_> = [Network::LinkedIn].into_iter().chain(Network::BY_HAND).filter(|n| !shows_posts(*n)).collect();
    assert_eq!(silent, [Network::WhatsApp, Network::Email]);
}

#[test]
fn the_line_of_the_organisation_is_never_cut() {
    let line = Some("I work at Acme.");
    let ends = "%0A%0AI%20work%20at%20Acme.&url=";
    for (text, is_cut) in [("word".to_owned(), false), ("word ".repeat(100), true)] {
        let intent = opened_with(Network::X, text.trim(), line);
        assert!(intent.is_cut == is_cut && intent.address.contains(ends), "{intent:?}");
    }
    let full = "a".repeat(280 - 24 - 17);
    assert!(!opened_with(Network::X, &full, line).is_cut);
    assert!(opened_with(Network::X, &format!("{full}a"), line).is_cut);
}

#[test]
fn what_a_dialog_gets_is_never_longer_than_its_network_takes() {
    let wide = "界".repeat(200);
    let latin = "é".repeat(200);
    for (network, limit, weigh) in [
        (Network::X, 256, weight_on_x as fn(char) -> usize),
        (Network::Threads, 500, |_| 1),
        (Network::Email, MAIL, |_| 1),
    ] {
        for line in [None, Some("I work at Acme."), Some(latin.as_str()), Some(wide.as_str())] {
            for text in ["", "word", &"word ".repeat(400), &"界".repeat(2_000)] {
                let (fitted, _) = fit(network, text, line);
                let weight: usize = fitted.chars().map(weigh).sum();
                assert!(weight <= limit, "{network:?} {weight}: {line:?} {text}");
                let is_whole = line.is_none_or(|line| fitted.ends_with(line));
                assert!(is_whole || (network == Network::X && line == Some(&wide)), "{network:?} {fitted}");
            }
        }
    }
}
