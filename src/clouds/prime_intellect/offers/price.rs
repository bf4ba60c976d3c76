//! Hourly price of an offer, with all that is asked for.

use rust_decimal::Decimal;

use super::{
    amount::Amounts,
    api::{Amount, Row},
};
use crate::clouds::money;

const COMMUNITY: &str = "community_cloud";

impl Row {
    /// `None` if the row names no price. Everything is in the row's own currency.
    pub fn price(&self, asked: &Amounts) -> Option<Decimal> {
        self.price_by(Amount::cost, asked)
    }

    /// The highest price, if the default amounts are charged besides.
    pub fn highest_price(&self, asked: &Amounts) -> Option<Decimal> {
        self.price_by(Amount::highest_cost, asked)
    }

    fn price_by(&self, cost: fn(&Amount, Option<u32>) -> Option<Decimal>, asked: &Amounts) -> Option<Decimal> {
        let amounts = [
            cost(&self.disk, asked.disk)?,
            cost(&self.vcpu, asked.vcpus)?,
            cost(&self.memory, asked.memory)?,
        ];
        let total = amounts
            .into_iter()
            .try_fold(self.machine_price()?, |sum, cost| sum.checked_add(cost))?;
        Some(money::without_noise(total))
    }

    /// The document has a price for each kind of cloud. A row may fill in the other one only.
    fn machine_price(&self) -> Option<Decimal> {
        let (community, secure) = (self.prices.community, self.prices.on_demand);
        let is_community = self.security.as_deref().is_some_and(|security| is(security, COMMUNITY));
        match is_community {
            true => community.or(secure),
            false => secure.or(community),
        }
    }
}

fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
