//! The page of all titles, and the files that the search box reads beside the index.

use crate::support::Project;

fn project(lang: &str) -> Project {
    let report = |title: &str, front: &str| format!("---\ntitle: {title}\n{front}\n---\n\nText.\n");
    let config = format!("[site]\nlang = \"{lang}\"\n");
    Project::with(&[
        ("bokgi.toml", config.as_str()),
        (
            "content/new.md",
            &report("결제 지연", "date: 2026-03-14\nservices: [payment]\nseverity: SEV2"),
        ),
        ("content/mid.md", &report("Slow <search>", "date: 2026-01-02\nservices: [search]")),
        (
            "content/old.md",
            &report("Lost cache", "date: 2024-12-31\ncauses: [software/resource-leak]"),
        ),
        ("content/none.md", &report("No day", "")),
        ("content/secret.md", &report("Only for some", "date: 2026-05-05\naudience: restricted")),
    ])
}

#[test]
fn all_titles_stand_on_one_page_by_year() {
    let project = project("ko");
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/search/index.html");
    let order = [
        "id=\"y2026\"",
        "결제 지연",
        "SEV2",
        "payment",
        "Slow &lt;search&gt;",
        "id=\"y2024\"",
        "Lost cache",
        "id=\"undated\"",
        "No day",
    ];
    let places: Vec<_> = order.iter().map(|text| page.find(text)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {page}");
    assert!(
        page.contains("href=\"../search/#y2024\"") && !page.contains("Only for some"),
        "{page}"
    );
    let home = project.read("public/index.html");
    assert!(home.contains("<a class=\"search-open\" href=\"search/\""), "{home}");
}

#[test]
fn many_titles_go_on_on_further_pages() {
    let project = Project::with(&[("bokgi.toml", "lang = \"en\"\n")]);
    for number in 0..501 {
        let text = format!("---\ntitle: Report {number:03}\ndate: 2026-01-01\n---\n\nText.\n");
        project.write(&format!("content/r{number:03}.md"), text.as_bytes());
    }
    assert_eq!(project.run(&["build"]).code, 0);
    let all =
        project.read("public/search/index.html") + &project.read("public/search/page/2/index.html");
    for number in 0..501 {
        assert_eq!(all.matches(&format!(">Report {number:03}<")).count(), 1);
    }
    assert!(
        all.contains("href=\"../search/page/2/\"") && all.contains("href=\"../../../search/\"")
    );
}

#[test]
fn the_box_gets_its_words_and_titles_but_no_text() {
    for (lang, word, cause) in [("ko", "검색", "자원 누수"), ("en", "Search", "resource leak")]
    {
        let project = project(lang);
        assert_eq!(project.run(&["build"]).code, 0);
        let json = |name: &str| -> serde_json::Value {
            serde_json::from_str(&project.read(&format!("public/search/{name}.json"))).unwrap()
        };
        let start = json("start");
        assert_eq!((&start["lang"], &start["words"]["title"]), (&lang.into(), &word.into()));
        assert_eq!(start["severities"]["SEV2"], "rank-2");
        assert_eq!(start["newest"][0]["title"], "결제 지연");
        let suggested = start["suggestions"].as_array().unwrap();
        assert!(suggested.iter().any(|it| it["facet"] == "service" && it["value"] == "payment"));
        // The interface has a word for every field of the query language.
        for field in start["fields"].as_array().unwrap() {
            let key = format!("field_{}", field["name"].as_str().unwrap());
            assert!(start["words"][&key].is_string(), "{key}");
        }
        let titles = json("titles");
        let reports = titles["reports"].as_array().unwrap();
        assert_eq!((titles["total"].as_u64(), reports.len()), (Some(4), 4));
        assert_eq!(reports[2]["facets"]["cause"][0], "software/resource-leak");
        assert_eq!(titles["labels"]["cause"]["software/resource-leak"][lang], cause);
        let text = project.read("public/search/titles.json");
        assert!(!text.contains("Text.") && !text.contains("Only for some"), "{text}");
    }
}
