//! Streaming deserialization of a list: each entry of the list in a response becomes its own type as soon as it is read, so
//! that a long list is never held as a tree of JSON. Entries that cannot be read are counted and not kept.

use std::{
    cell::Cell,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{paging::MOST_ENTRIES, tolerant::FromJson};
use crate::untrusted::json::{MOST_VALUES, Marked, MarkedValue, Name, NextName, Tree, tree_scalars};

/// The entries of a list.
#[derive(Debug)]
pub struct StreamedList<Entry> {
    pub entries: Vec<Entry>,
    /// How many there are besides that cannot be read.
    pub unreadable: usize,
    /// The length of the response that it came in.
    pub bytes: usize,
    /// A hash of the entries, by which a page that repeats the one before is noticed.
    pub fingerprint: u64,
}

impl<Entry> StreamedList<Entry> {
    /// The number of all entries, whether they can be read or not.
    pub fn len(&self) -> usize {
        self.entries.len() + self.unreadable
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<Entry> Default for StreamedList<Entry> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            unreadable: 0,
            bytes: 0,
            fingerprint: DefaultHasher::new().finish(),
        }
    }
}

/// The value of a JSON text, and apart from it the list which is found by the names of the members on the way to it; `None` in
/// its place if there is something else. In what is said the list is empty. It is an error if the text is no JSON. Of a
/// list with more than [`MOST_ENTRIES`] entries no more are read than show that.
pub fn read<Entry: FromJson>(json: &[u8], path: &[&str]) -> serde_json::Result<(Value, Option<StreamedList<Entry>>)> {
    let bytes = json.len();
    let mut found = None;
    let left = Cell::new(MOST_VALUES);
    let mut json = serde_json::Deserializer::from_slice(json);
    let value = Reader {
        path,
        found: &mut found,
        tree: Tree { left: &left },
    }
    .deserialize(&mut json)?;
    json.end()?;
    Ok((value, found.map(|found: Reading<Entry>| found.finish(bytes))))
}

/// A list in the making.
struct Reading<Entry> {
    entries: Vec<Entry>,
    unreadable: usize,
    hasher: DefaultHasher,
}

impl<Entry> Reading<Entry> {
    fn finish(self, bytes: usize) -> StreamedList<Entry> {
        StreamedList {
            entries: self.entries,
            unreadable: self.unreadable,
            bytes,
            fingerprint: self.hasher.finish(),
        }
    }
}

/// Takes the entries, whatever is made of them.
trait Found {
    /// A list begins, and another one, which had the same name, does not count.
    fn begin(&mut self);

    fn take(&mut self, entry: Value);

    /// There is no list, or something else has its name as well.
    fn forget(&mut self);
}

impl<Entry: FromJson> Found for Option<Reading<Entry>> {
    fn begin(&mut self) {
        *self = Some(Reading {
            entries: Vec::new(),
            unreadable: 0,
            hasher: DefaultHasher::new(),
        });
    }

    fn take(&mut self, entry: Value) {
        let Some(reading) = self else { return };
        if reading.entries.len() + reading.unreadable > MOST_ENTRIES {
            return;
        }
        entry.hash(&mut reading.hasher);
        match Entry::from_json(entry) {
            Some(entry) => reading.entries.push(entry),
            None => reading.unreadable += 1,
        }
    }

    fn forget(&mut self) {
        *self = None;
    }
}

/// Reads a value, and the list within it.
struct Reader<'a> {
    path: &'a [&'a str],
    found: &'a mut dyn Found,
    /// For all but the list.
    tree: Tree<'a>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        self.found.forget();
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    tree_scalars!(tree);

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        if !self.path.is_empty() {
            return self.tree.visit_seq(entries);
        }
        self.found.begin();
        loop {
            // No entry leaves less room for the next one.
            let left = Cell::new(MOST_VALUES);
            match entries.next_element_seed(Tree { left: &left })? {
                Some(entry) => self.found.take(entry),
                None => return Ok(Value::Array(Vec::new())),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key_seed(NextName)? {
            let value = match (&name, self.path.split_first()) {
                (Name::PerhapsOfNumber, _) => match members.next_value_seed(Marked(self.tree))? {
                    MarkedValue::Number(number) => return Ok(Value::Number(number)),
                    MarkedValue::Member(value) => value,
                },
                (Name::Ordinary(name), Some((first, path))) if first == name => members.next_value_seed(Reader {
                    path,
                    found: &mut *self.found,
                    tree: self.tree,
                })?,
                _ => members.next_value_seed(self.tree)?,
            };
            object.insert(name.into_string(), value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What can be read of a list, and how much of it cannot.
    type Numbers = (Vec<i64>, usize);

    /// What is found at `a.b`, with what is said besides.
    fn find(json: &str) -> Option<(Value, Option<Numbers>)> {
        let (value, list) = read::<i64>(json.as_bytes(), &["a", "b"]).ok()?;
        Some((value, list.map(|list| (list.entries, list.unreadable))))
    }

    #[test]
    fn the_list_is_apart_and_all_else_is_said() {
        let check = |json: &str, value: Value, list: Option<(&[i64], usize)>| {
            let list = list.map(|(entries, unreadable)| (entries.to_vec(), unreadable));
            assert_eq!(find(json), Some((value, list)), "{json}");
        };
        let listed = json!({"a": {"b": [], "c": [1.5, true]}, "b": [3]});
        check(
            r#"{"b":[3],"a":{"c":[1.5,true],"b":[1,"x",2]}}"#,
            listed,
            Some((&[1, 2], 1)),
        );
        check(r#"{"a":{"b":[]}}"#, json!({"a": {"b": []}}), Some((&[], 0)));
        check(r#"{"a":{"b":{"b":[1]}}}"#, json!({"a": {"b": {"b": [1]}}}), None);
        check(r#"{"a":[{"b":[1]}]}"#, json!({"a": [{"b": [1]}]}), None);
        check(r#"{"a":{"b":1.5}}"#, json!({"a": {"b": 1.5}}), None);
        for single in [
            "null",
            "true",
            "7",
            "-7",
            "-0",
            "7.50",
            "18446744073709551616",
            r#""x""#,
            "{}",
            "[]",
            "[[1]]",
        ] {
            check(single, serde_json::from_str(single).expect("JSON"), None);
        }
    }

    #[test]
    fn of_members_with_one_name_the_last_counts() {
        let list = |json| find(json).expect("JSON").1;
        assert_eq!(list(r#"{"a":{"b":[1,2],"b":[3]}}"#), Some((vec![3], 0)));
        assert_eq!(list(r#"{"a":{"b":[1]},"a":{"b":[2]}}"#), Some((vec![2], 0)));
        assert_eq!(list(r#"{"a":{"b":[1]},"a":{}}"#), None);
        assert_eq!(list(r#"{"a":{"b":[1],"b":null}}"#), None);
    }

    #[test]
    fn whatever_is_no_json_is_an_error() {
        let whole = r#"{"a":{"b":[1,{"c":"\u00e9"}]},"d":[2]}"#;
        assert!(find(whole).is_some());
        for end in 0..whole.len() {
            assert_eq!(find(&whole[..end]), None, "{}", &whole[..end]);
        }
        for odd in ["<html>", r#"{"a":{"b":[1]}} {}"#, r#"{"a":{"b":["\ud800"]}}"#] {
            assert_eq!(find(odd), None, "{odd}");
        }
        assert!(read::<i64>(b"{\"a\":\"\xff\"}", &["a"]).is_err());
    }

    #[test]
    fn a_fingerprint_tells_lists_apart() {
        let fingerprint = |json: &str| {
            read::<i64>(json.as_bytes(), &[])
                .expect("JSON")
                .1
                .expect("a list")
                .fingerprint
        };
        assert_eq!(fingerprint(r#"["x",1]"#), fingerprint(r#" [ "x", 1 ]"#));
        assert_ne!(fingerprint(r#"["x"]"#), fingerprint(r#"["y"]"#));
        assert_eq!(fingerprint("[]"), StreamedList::<i64>::default().fingerprint);
    }

    #[test]
    fn a_name_of_the_parsers_own_is_a_name() {
        let number = r#"{"$serde_json::private::Number":"x","a":{"b":[{"$serde_json::private::Number":"7"},7.0]}}"#;
        let value = json!({"$serde_json::private::Number": "x", "a": {"b": []}});
        assert_eq!(find(number), Some((value, Some((vec![7], 1)))));
        assert_eq!(find("7.50").expect("JSON").0.to_string(), "7.50");
    }

    #[test]
    fn what_cannot_be_read_is_counted_up_to_the_longest_list() {
        let list = |entry: &str, times: usize| format!("[{}]", vec![entry; times].join(","));
        let read = |json: String| read::<i64>(json.as_bytes(), &[]).expect("JSON").1.expect("a list");
        let nulls = read(list("null", MOST_ENTRIES));
        assert_eq!((nulls.entries.capacity(), nulls.len()), (0, MOST_ENTRIES));
        // 15 MB, which as a list of things that are not there took 2 GB.
        assert_eq!(read(list("null", 30 * MOST_ENTRIES)).len(), MOST_ENTRIES + 1);
        assert_eq!(read(list("1", 3 * MOST_ENTRIES)).len(), MOST_ENTRIES + 1);
    }
}
