//! Prime Intellect's JSON of an offer.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use crate::clouds::{
    http::{Failure, Response},
    money::price,
    prime_intellect::api::{self, Page},
    tolerant::{self, FromJson, Readable, Tolerant, count, filled},
};

/// `GpuOffer` of the document, as far as it is of use. What names it has in full: without them nobody could order it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub cloud_id: String,
    pub gpu_type: String,
    pub socket: String,
    pub provider: String,
    pub gpu_count: u32,
    pub gpu_memory: Option<u32>,
    pub region: Option<String>,
    pub data_center: Option<String>,
    pub country: Option<String>,
    pub security: Option<String>,
    pub disk: Amount,
    pub vcpu: Amount,
    pub memory: Amount,
    pub stock: Option<String>,
    pub prices: Prices,
    pub images: Option<Vec<String>>,
    pub is_spot: bool,
    /// Hours that have to be paid for in advance.
    pub prepaid_time: Option<Decimal>,
}

/// `ResourceSpec` of the document: how much of something a machine has, or may have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amount {
    pub least: Option<u32>,
    pub usual: Option<u32>,
    pub most: Option<u32>,
    pub step: Option<u32>,
    pub price_per_unit: Option<Decimal>,
    /// Of little worth: recorded rows that deny it have the default amount in their price all the same.
    pub is_usual_included: bool,
}

/// `OfferPrices` of the document: what the whole machine costs an hour.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prices {
    pub on_demand: Option<Decimal>,
    pub community: Option<Decimal>,
    pub is_variable: bool,
    pub currency: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct RowJson {
    cloud_id: Tolerant<String>,
    gpu_type: Tolerant<String>,
    socket: Tolerant<String>,
    provider: Tolerant<String>,
    gpu_count: Tolerant<NonZeroU32>,
    gpu_memory: Tolerant<NonZeroU32>,
    region: Tolerant<String>,
    data_center: Tolerant<String>,
    country: Tolerant<String>,
    security: Tolerant<String>,
    disk: Tolerant<Amount>,
    vcpu: Tolerant<Amount>,
    memory: Tolerant<Amount>,
    stock_status: Tolerant<String>,
    prices: Tolerant<Prices>,
    images: Tolerant<Readable<String>>,
    is_spot: Tolerant<bool>,
    prepaid_time: Tolerant<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct AmountJson {
    min_count: Tolerant<u32>,
    default_count: Tolerant<u32>,
    max_count: Tolerant<u32>,
    step: Tolerant<u32>,
    price_per_unit: Tolerant<Decimal>,
    default_included_in_price: Tolerant<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct PricesJson {
    on_demand: Tolerant<Decimal>,
    community_price: Tolerant<Decimal>,
    is_variable: Tolerant<bool>,
    currency: Tolerant<String>,
}

pub fn page(response: &Response) -> Result<Page<Row>, Failure> {
    api::page_of(response, "items", "totalCount")
}

impl FromJson for Row {
    fn from_json(value: Value) -> Option<Self> {
        let row: RowJson = tolerant::object(value)?;
        Some(Self {
            cloud_id: filled(row.cloud_id)?,
            gpu_type: filled(row.gpu_type)?,
            socket: filled(row.socket)?,
            provider: filled(row.provider)?,
            gpu_count: count(&row.gpu_count)?,
            gpu_memory: count(&row.gpu_memory),
            region: filled(row.region),
            data_center: filled(row.data_center),
            country: filled(row.country),
            security: filled(row.security),
            disk: row.disk.0.unwrap_or_default(),
            vcpu: row.vcpu.0.unwrap_or_default(),
            memory: row.memory.0.unwrap_or_default(),
            stock: filled(row.stock_status),
            prices: row.prices.0.unwrap_or_default(),
            images: row.images.0.map(|images| images.0),
            is_spot: row.is_spot.0 == Some(true),
            prepaid_time: row.prepaid_time.0.filter(|hours| *hours > Decimal::ZERO),
        })
    }
}

impl FromJson for Amount {
    fn from_json(value: Value) -> Option<Self> {
        let amount: AmountJson = tolerant::object(value)?;
        Some(Self {
            least: amount.min_count.0,
            usual: amount.default_count.0,
            most: amount.max_count.0,
            step: amount.step.0,
            price_per_unit: price(&amount.price_per_unit),
            is_usual_included: amount.default_included_in_price.0 == Some(true),
        })
    }
}

impl FromJson for Prices {
    fn from_json(value: Value) -> Option<Self> {
        let prices: PricesJson = tolerant::object(value)?;
        Some(Self {
            on_demand: price(&prices.on_demand),
            community: price(&prices.community_price),
            is_variable: prices.is_variable.0 == Some(true),
            currency: filled(prices.currency),
        })
    }
}
