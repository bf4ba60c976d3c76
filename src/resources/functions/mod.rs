//! What a configuration can reckon with: functions of their arguments alone.

mod monthly_cost;

mod parse_ssh_command;

use crate::tf::Function;

/// All of them.
pub fn all() -> Vec<Box<dyn Function>> {
    vec![
        Box::new(parse_ssh_command::ParseSshCommand),
        Box::new(monthly_cost::MonthlyCost),
    ]
}
