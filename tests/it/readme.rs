//! What the README says of the clouds comes from their own data.

use std::{env, fs};

use gpupod::docs;

use crate::files::{self, root};

/// What stands between them is written by this test.
const START: &str = "<!-- What the clouds have: written by `UPDATE=1 cargo test readme`. -->\n\n";
const END: &str = "\n<!-- Until here. -->\n";

#[test]
fn the_table_of_clouds_is_the_one_that_would_be_written_now() {
    let readme = files::read("README.md");
    let (before, rest) = readme.split_once(START).expect("the table has a start");
    let (_, after) = rest.split_once(END).expect("the table has an end");
    let fresh = format!("{before}{START}{}\n{END}{after}", docs::overview());
    if env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), &fresh).unwrap();
    } else {
        assert_eq!(readme, fresh, "it is stale: run `UPDATE=1 cargo test readme`");
    }
}
