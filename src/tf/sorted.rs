//! A map in the order of its names: a sorted list, in which the place of a name is known from its schema. It guards the
//! order that a `LiteMap` trusts.

use litemap::LiteMap;

use super::Name;

/// Values by their names, in the order of the names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sorted<V>(LiteMap<Name, V>);

impl<V> Default for Sorted<V> {
    fn default() -> Self {
        Self(LiteMap::new())
    }
}

impl<V> Sorted<V> {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what is in order already, each name once, without looking: a debug build does look.
    pub fn from_sorted(entries: Vec<(Name, V)>) -> Self {
        debug_assert!(
            entries.is_sorted_by(|(one, _), (next, _)| one < next),
            "names are out of order: {:?}",
            entries.iter().map(|(name, _)| name).collect::<Vec<_>>()
        );
        Self(LiteMap::from_sorted_store_unchecked(entries))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, name: &str) -> Option<&V> {
        self.0.get(name)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.0.get_mut(name)
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What stands at a place in the order of names.
    pub fn get_indexed(&self, place: usize) -> Option<(&Name, &V)> {
        self.0.get_indexed(place)
    }

    /// The place of a name in the order of names.
    pub fn find_index(&self, name: &str) -> Option<usize> {
        self.0.find_index(name).ok()
    }

    pub fn insert(&mut self, name: Name, value: V) -> Option<V> {
        self.0.insert(name, value)
    }

    pub fn remove(&mut self, name: &str) -> Option<V> {
        self.0.remove(name)
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Name> {
        self.0.keys()
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.values()
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Name, &V)> {
        self.0.iter()
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&Name, &mut V)> {
        self.0.iter_mut()
    }
}

impl<V> FromIterator<(Name, V)> for Sorted<V> {
    fn from_iter<I: IntoIterator<Item = (Name, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<V> Extend<(Name, V)> for Sorted<V> {
    fn extend<I: IntoIterator<Item = (Name, V)>>(&mut self, entries: I) {
        self.0.extend(entries);
    }
}

impl<V> IntoIterator for Sorted<V> {
    type Item = (Name, V);
    type IntoIter = <LiteMap<Name, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, V> IntoIterator for &'a Sorted<V> {
    type Item = (&'a Name, &'a V);
    type IntoIter = <&'a LiteMap<Name, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<const N: usize>(names: [&'static str; N]) -> Vec<(Name, ())> {
        names.map(|name| (Name::Borrowed(name), ())).to_vec()
    }

    #[test]
    fn a_name_is_found_at_its_place() {
        let sorted: Sorted<()> = names(["b", "a", "b"]).into_iter().collect();
        assert_eq!(sorted, Sorted::from_sorted(names(["a", "b"])));
        assert_eq!(sorted.find_index("b"), Some(1));
        assert_eq!(sorted.find_index("c"), None);
    }

    #[test]
    #[should_panic(expected = "names are out of order")]
    fn a_wrong_order_is_noticed() {
        Sorted::from_sorted(names(["b", "a"]));
    }

    #[test]
    #[should_panic(expected = "names are out of order")]
    fn a_name_twice_is_noticed() {
        Sorted::from_sorted(names(["a", "a"]));
    }
}
