//! The RPCs in process: a toy provider, served by the server under test, and driven as Terraform core would.
//!
//! Read `toy` for what is served and `core` for who calls. Each of the other files tests one promise of the server.

mod toy;

pub mod core;

mod values;

pub mod schema_rules;

mod schema_rules_test;

mod schema;

mod session;

mod validate;

mod plan;

mod replace;

mod create;

mod misfit;

mod update;

mod interrupt;

mod read;

mod import;

mod upgrade;

mod function;

mod data_source;

mod formats;

mod stranger;

mod served;

mod storm;
