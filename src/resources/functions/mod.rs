//! Provider-defined functions: pure, of their arguments alone.

pub mod messages;

mod monthly_cost;

mod parse_ssh_command;

use crate::tf::FunctionError;

pub use monthly_cost::MonthlyCost;
pub use parse_ssh_command::ParseSshCommand;

/// An error of the only argument. Terraform puts the last full stop itself.
fn wrong_argument(text: String) -> FunctionError {
    FunctionError {
        text,
        argument: Some(0),
    }
}
