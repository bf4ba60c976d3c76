//! Offer selection: the offers that a pod can be created from, the cheapest first.

use rust_decimal::Decimal;

use super::{
    amount::Amounts,
    api::Row,
    constraint::{self, Constraint},
    shortage,
};
use crate::clouds::{GpuRequest, Offer, PodSpec};

/// A row that fits, and what it costs with all that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub row: Row,
    pub price: Option<Decimal>,
}

/// The rows that fit; what costs the same comes in a fixed order, and what has no price last. If there are none, what
/// to tell of it.
pub fn cheapest_first(spec: &PodSpec, gpu: &GpuRequest, rows: Vec<Row>) -> Result<Vec<Choice>, String> {
    let asked = Amounts::of(spec);
    let mut choices: Vec<Choice> = fitting(&constraint::all(spec, gpu), rows, gpu)?
        .into_iter()
        .map(|row| Choice {
            price: row.price(&asked),
            row,
        })
        .collect();
    choices.sort_by(|one, other| one.rank().cmp(&other.rank()));
    Ok(choices)
}

/// Narrows the rows down by one constraint after the other. The first that leaves nothing is the one to tell of.
fn fitting(constraints: &[Constraint<'_>], rows: Vec<Row>, gpu: &GpuRequest) -> Result<Vec<Row>, String> {
    let mut kept = rows;
    for constraint in constraints {
        let (fitting, others): (Vec<Row>, Vec<Row>) = kept.into_iter().partition(|row| constraint.is_met_by(row));
        if fitting.is_empty() {
            return Err(shortage::nothing_fits(constraint, &others, gpu));
        }
        kept = fitting;
    }
    Ok(kept)
}

impl Choice {
    fn rank(&self) -> impl Ord + '_ {
        let Row {
            provider,
            cloud_id,
            data_center,
            country,
            ..
        } = &self.row;
        (
            self.price.is_none(),
            self.price,
            provider,
            cloud_id,
            data_center,
            country,
        )
    }
}

impl Row {
    /// Whose machine it is, in full.
    pub fn offer(&self) -> Offer {
        Offer {
            cloud_id: Some(self.cloud_id.clone()),
            provider: Some(self.provider.clone()),
            socket: Some(self.socket.clone()),
            data_center_id: self.data_center.clone(),
            country: self.country.clone(),
            security: self.security.clone(),
        }
    }
}
