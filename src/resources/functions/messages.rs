//! The errors of functions. Terraform puts the last full stop itself.

use std::fmt::Display;

crate::messages! {
    /// When `monthly_cost` gets no number.
    pub fn price_is_no_number() { "`price_per_hour` is not a number. Use one" }

    /// When `monthly_cost` gets a number that it cannot reckon with.
    pub fn price_out_of_range(price: impl Display) {
        "`price_per_hour` is {price}. Use a number of at least 0 which has at most 28 digits, also times 730"
    }

    /// When `parse_ssh_command` finds no host.
    pub fn no_host() { "`command` names no host. Give one such as `ssh root@203.0.113.7 -p 22`" }

    /// When `parse_ssh_command` finds a port that is none.
    pub fn wrong_port() { "`command` has a port that is not valid. Use a number from 1 to 65535" }
}
