//! The create matrix: whatever goes wrong while a thing is made, it is in the state, or not in the cloud, or named.
//!
//! Read `subject` for the columns, `fault` for the rows, `trial` for what each cell must hold, `stranger` for what is not
//! ours,
//! `change`, `changes` and `ends` for what happens to things later, `halt` and `halts` for what stops a run at it, `doubt`
//! and `doubts` for answers that are not to be believed.
//! `README.md` beside this file has the outcomes.

mod subject;

mod fault;

mod trial;

mod table;

mod several;

mod stranger;

mod change;

mod changes;

mod ends;

mod halt;

mod halts;

mod doubt;

mod doubts;

use fault::Fault;
use table::Section;
use trial::Trial;

#[track_caller]
fn check(heading: &'static str, faults: Vec<Fault>) {
    let rows = faults.iter().map(Trial::row).collect();
    let columns = subject::ALL.iter().map(|subject| subject.title).collect();
    Section { heading, columns, rows }.check();
}

#[test]
fn connections_that_break_lose_nothing() {
    check("Connections", fault::connections());
}

#[test]
fn clouds_that_fail_lose_nothing() {
    check("Failures", fault::failures());
}

#[test]
fn refusals_make_nothing() {
    check("Refusals", fault::refusals());
}

#[test]
fn what_comes_to_grief_is_kept() {
    check("Lives", fault::lives());
}

#[test]
fn ids_of_every_form_are_kept() {
    check("Ids", fault::ids());
}

#[test]
fn interruptions_lose_nothing() {
    check("Interruptions", fault::interruptions());
}

#[test]
fn what_a_death_leaves_behind_is_named() {
    check("Deaths", fault::deaths());
}
