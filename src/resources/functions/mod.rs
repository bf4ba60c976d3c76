//! What a configuration can reckon with: functions of their arguments alone.

pub mod messages;

mod monthly_cost;

mod parse_ssh_command;

use crate::tf::{Function, FunctionError};

/// All of them.
pub fn all() -> Vec<Box<dyn Function>> {
    vec![
        Box::new(parse_ssh_command::ParseSshCommand),
        Box::new(monthly_cost::MonthlyCost),
    ]
}

/// What is wrong with the only argument. Terraform puts the last full stop itself.
fn wrong_argument(text: String) -> FunctionError {
    FunctionError {
        text,
        argument: Some(0),
    }
}
