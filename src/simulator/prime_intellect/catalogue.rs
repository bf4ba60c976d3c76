//! Catalogue of the simulated Prime Intellect: offers of its providers, their constraints and prices.

use crate::simulator::price::Price;

/// One configuration of one provider at one place: a row of the availability.
pub(super) struct Offer {
    pub cloud_id: &'static str,
    pub provider: &'static str,
    pub gpu: &'static Gpu,
    pub gpu_count: i64,
    pub place: &'static Place,
    pub disk: Amount,
    pub vcpus: Amount,
    pub memory: Amount,
    pub stock: Stock,
    pub is_secure: bool,
    /// Of the whole configuration for an hour, without what is adjusted.
    pub price: Price,
    pub is_variable: bool,
    pub images: &'static [&'static str],
    pub is_spot: bool,
    /// Hours that are charged up front.
    pub prepaid_hours: Option<i64>,
}

pub(super) struct Gpu {
    pub name: &'static str,
    pub socket: &'static str,
    /// GB.
    pub memory: i64,
}

pub(super) struct Place {
    pub region: &'static str,
    pub data_center: Option<&'static str>,
    pub country: &'static str,
}

pub(super) enum Stock {
    /// However many are rented; with the cloud's word for it.
    Plenty(&'static str),
    Left(usize),
    SoldOut,
}

/// A disk that outlives pods, at one place of one provider.
pub(super) struct VolumeOffer {
    pub provider: &'static str,
    pub cloud_id: Option<&'static str>,
    pub place: &'static Place,
    /// In GB.
    pub size: Amount,
    pub stock: Stock,
    pub is_multinode: bool,
}

/// How much of something there can be. Without a greatest amount it is fixed.
pub(super) struct Amount {
    pub least: Option<i64>,
    pub usual: Option<i64>,
    pub most: Option<i64>,
    pub step: Option<i64>,
    /// Of one unit for an hour.
    pub price: Option<Price>,
    /// The usual amount costs nothing.
    pub is_included: Option<bool>,
    pub note: Option<&'static str>,
}

/// How much of what can be adjusted is asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Amounts {
    pub disk: Option<i64>,
    pub vcpus: Option<i64>,
    pub memory: Option<i64>,
}

pub(super) const NOTHING: Amount = Amount {
    least: None,
    usual: None,
    most: None,
    step: None,
    price: None,
    is_included: None,
    note: None,
};

pub(super) const fn fixed(amount: i64) -> Amount {
    Amount {
        usual: Some(amount),
        is_included: Some(true),
        ..NOTHING
    }
}

/// From the least over the usual to the most, each unit at its price.
pub(super) const fn adjustable(amounts: (i64, i64, i64), step: i64, price: i64) -> Amount {
    let (least, usual, most) = amounts;
    Amount {
        least: Some(least),
        usual: Some(usual),
        most: Some(most),
        step: Some(step),
        price: Some(Price(price)),
        is_included: Some(false),
        note: None,
    }
}

impl Amount {
    pub fn accepts(&self, amount: i64) -> bool {
        let Some(most) = self.most else {
            return self.usual == Some(amount);
        };
        let least = self.least.unwrap_or_default();
        let step = self.step.unwrap_or(1);
        (least..=most).contains(&amount) && (amount - least) % step == 0
    }

    /// What is had if so much is asked for.
    pub fn given(&self, asked: Option<i64>) -> Option<i64> {
        asked.or(self.usual)
    }

    pub fn cost(&self, asked: Option<i64>) -> Price {
        let free = match self.is_included {
            Some(true) => self.usual.unwrap_or_default(),
            _ => 0,
        };
        let charged = (self.given(asked).unwrap_or_default() - free).max(0);
        self.price.unwrap_or_default().times(charged)
    }
}

impl Stock {
    /// The cloud's word, when so many are taken.
    pub fn word(&self, taken: usize) -> &'static str {
        match self {
            _ if self.is_empty(taken) => "Unavailable",
            Stock::Plenty(word) => word,
            Stock::Left(_) | Stock::SoldOut => "Low",
        }
    }

    pub fn is_empty(&self, taken: usize) -> bool {
        match self {
            Stock::Plenty(_) => false,
            Stock::Left(left) => taken >= *left,
            Stock::SoldOut => true,
        }
    }
}

impl Offer {
    /// Tells an offer from all others; a cloud id alone does not.
    pub fn key(&self) -> String {
        let place = self.place.data_center.unwrap_or(self.place.country);
        format!("{} {} {place} {}", self.provider, self.cloud_id, self.security())
    }

    pub fn security(&self) -> &'static str {
        match self.is_secure {
            true => "secure_cloud",
            false => "community_cloud",
        }
    }

    pub fn total_price(&self, asked: Amounts) -> Price {
        self.price
            .plus(self.disk.cost(asked.disk))
            .plus(self.vcpus.cost(asked.vcpus))
            .plus(self.memory.cost(asked.memory))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_limits_and_a_price() {
        let check = |amount: &Amount, asked: i64, accepted: bool, cost: &str| {
            assert_eq!(amount.accepts(asked), accepted, "{asked}");
            assert_eq!(amount.cost(Some(asked)).to_string(), cost, "{asked}");
        };
        let disk = adjustable((20, 100, 1_000), 10, 1);
        check(&disk, 20, true, "0.002");
        check(&disk, 10, false, "0.001");
        check(&disk, 25, false, "0.0025");
        check(&disk, 1_000, true, "0.10");
        check(&disk, 1_010, false, "0.101");
        let included = Amount {
            is_included: Some(true),
            ..adjustable((20, 100, 1_000), 10, 1)
        };
        check(&included, 50, true, "0.00");
        check(&included, 300, true, "0.02");
        check(&fixed(500), 500, true, "0.00");
        check(&fixed(500), 499, false, "0.00");
        assert_eq!(disk.cost(None).to_string(), "0.01");
        assert_eq!(NOTHING.cost(None).to_string(), "0.00");
    }

    #[test]
    fn stock_ends() {
        let check = |stock: &Stock, taken: usize, word: &str| assert_eq!(stock.word(taken), word);
        check(&Stock::Plenty("High"), 99, "High");
        check(&Stock::Left(2), 1, "Low");
        check(&Stock::Left(2), 2, "Unavailable");
        check(&Stock::SoldOut, 0, "Unavailable");
    }
}
