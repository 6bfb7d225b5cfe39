//! The shelf of bad input does what its labels say.

use reqwest::Response;

use crate::support::Site;

async fn length(mut response: Response) -> usize {
    let mut length = 0;
    while let Some(piece) = response.chunk().await.unwrap() {
        length += piece.len();
    }
    length
}

#[tokio::test]
async fn a_huge_feed_is_really_huge_and_its_packed_form_small() {
    let site = Site::start().await;
    assert!(length(site.get("/bad/huge").await).await > 100 * 1024 * 1024);
    let packed = site.get("/bad/huge.gz").await;
    assert!(length(packed).await > 100 * 1024 * 1024, "the client unpacks");
    let raw = site.length_on_the_wire("/bad/huge.gz").await;
    assert!(raw < 2 * 1024 * 1024, "{raw}");
}

#[tokio::test]
async fn the_rest_of_the_shelf() {
    let site = Site::start().await;
    let page = site.get("/bad/not-a-feed").await;
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(!page.text().await.unwrap().contains("alternate"));
    assert!(site.get("/bad/broken.xml").await.text().await.unwrap().ends_with("<title>Half an item</tit"));
    assert_eq!(site.get("/bad/500").await.status(), 500);
    assert_eq!(site.get("/bad/empty").await.text().await.unwrap(), "");
    assert_eq!(site.get("/bad/redirect-loop?n=4").await.headers()["location"], "/bad/redirect-loop?n=5");
    let picture = site.get("/bad/picture.jpg").await;
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    assert!(image::load_from_memory(&picture.bytes().await.unwrap()).is_err());
    assert!(site.get("/bad/no-picture.xml").await.text().await.unwrap().contains(&site.url("/bad/picture.jpg")));
    let mut slow = site.get("/bad/slow").await;
    assert_eq!(slow.chunk().await.unwrap().unwrap().len(), 1);
    assert!(site.get("/bad").await.text().await.unwrap().contains(&site.url("/bad/slow")));
}
