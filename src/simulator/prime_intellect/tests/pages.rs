//! Lists and their pages.

use serde_json::{Value, json};

use super::{Desk, column};
use crate::simulator::cloud::Cloud;

#[test]
fn a_page_is_cut_by_offset_and_limit() {
    let mut desk = Desk::new();
    let ids: Vec<String> = (0..5).map(|_| desk.create()).collect();
    let mut check = |query: &str, expected: &[String], offset: u64, limit: u64| {
        let page = desk.read(&format!("pods/?{query}"));
        assert_eq!(column(&page["data"], "id"), expected, "{query}");
        let (total, limits) = (&page["total_count"], (&page["offset"], &page["limit"]));
        assert_eq!((total, limits), (&json!(5), (&json!(offset), &json!(limit))), "{query}");
    };
    check("", &ids, 0, 100);
    check("limit=2", &ids[..2], 0, 2);
    check("offset=3&limit=2", &ids[3..], 3, 2);
    check("offset=4&limit=10", &ids[4..], 4, 10);
    check("offset=5", &[], 5, 100);
    check("limit=0", &[], 0, 0);
}

#[test]
fn pages_can_be_short() {
    let mut desk = Desk::with_quirks(json!({"short_pages": true}));
    let ids: Vec<String> = (0..4).map(|_| desk.create()).collect();
    let first = desk.read("pods/?limit=100");
    assert_eq!(
        (column(&first["data"], "id").as_slice(), &first["limit"]),
        (&ids[..3], &json!(3))
    );
    assert_eq!(column(&desk.read("pods/?offset=3")["data"], "id"), ids[3..]);
}

#[test]
fn what_has_ended_is_not_listed() {
    let mut desk = Desk::new();
    let ids = [desk.create(), desk.create()];
    desk.told(&format!("DELETE pods/{}", ids[0]), Value::Null);
    assert_eq!(
        column(&desk.read("pods")["data"], "id"),
        ids,
        "a pod that is ending is still there"
    );
    desk.pass(15);
    assert_eq!(column(&desk.read("pods")["data"], "id"), ids[1..]);
    let living: Vec<String> = desk.cloud.living_pods().into_iter().map(|pod| pod.id).collect();
    assert_eq!(living, ids[1..]);
}
