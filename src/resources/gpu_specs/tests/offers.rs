//! Prices, and the order of offers.

use super::*;
use crate::{
    resources::testing::{NORTH, SOUTH, text},
    tf::Model,
};

#[tokio::test]
async fn without_anything_to_buy_there_is_no_cheapest() {
    let unpriced = CountOption {
        price: None,
        ..option(2, 0)
    };
    let machines = vec![machine("A", vec![sold_out(option(1, 10)), unpriced])];
    let cloud = TestCloud::of(&NORTH).with_machines(machines);
    let shown = read(vec![cloud], filter!(include_unavailable: Tf::Known(true))).await;
    assert_eq!(offers(&shown), ["north A x1 0.1", "north A x2 ?"]);
    assert_eq!(shown.cheapest, Tf::Null);
    let nothing = read(vec![TestCloud::of(&NORTH)], filter!()).await;
    assert_eq!(
        (nothing.specs, nothing.cheapest),
        (Tf::Known(List(Vec::new())), Tf::Null)
    );
}

#[tokio::test]
async fn what_costs_the_same_has_a_fixed_order_over_all_clouds() {
    let spot = |machine: Machine| Machine {
        is_spot: Some(true),
        ..machine
    };
    let in_region = |region: &str, machine: Machine| Machine {
        region: Some(region.to_owned()),
        ..machine
    };
    let machines = vec![
        spot(machine("A", vec![option(1, 100)])),
        in_region("af-1", machine("B", vec![option(2, 100), option(1, 100)])),
        machine("A", vec![option(1, 100)]),
        in_region("af-1", machine("A", vec![option(1, 100)])),
        machine("Z", vec![option(1, 20), option(2, 1_000)]),
    ];
    let mut backwards = machines.clone();
    backwards.reverse();
    let south = || vec![machine("A", vec![option(1, 99), option(2, 100)])];
    let clouds = |machines: Vec<Machine>| {
        vec![
            TestCloud::of(&SOUTH).with_machines(south()),
            TestCloud::of(&NORTH).with_machines(machines),
        ]
    };
    let shown = read(clouds(machines), filter!()).await;
    let expected = [
        "north Z x1 0.2",
        "south A x1 0.99",
        "north A x1 1",
        "north A x1 1",
        "north A x1 1",
        "north B x1 1",
        "north B x2 1",
        "south A x2 1",
        "north Z x2 10",
    ];
    assert_eq!(offers(&shown), expected);
    let List(ordered) = shown.offers.known().expect("offers");
    let tied = ordered[2..5].iter().filter_map(Tf::known);
    let tied: Vec<_> = tied
        .map(|offer| (offer.region.clone(), offer.is_spot.clone()))
        .collect();
    let expected = [("af-1", false), ("eu-1", false), ("eu-1", true)];
    assert_eq!(
        tied,
        expected.map(|(region, is_spot)| (text(region), Tf::Known(is_spot)))
    );
    assert_eq!(
        shown,
        read(clouds(backwards), filter!()).await,
        "a cloud's order does not show"
    );
}

#[test]
fn prices_are_the_clouds_or_else_reckoned() {
    let check = |price: Option<MachinePrice>, all: &str, each: &str| {
        let option = CountOption { price, ..option(4, 0) };
        let machines = [(&NORTH, machine("A", vec![option]))];
        let List(offers) = offer::all(&machines);
        let offer = offers[0].known().expect("an offer");
        let told = [&offer.price_per_hour, &offer.price_per_gpu_per_hour]
            .map(|price| price.known().map_or("?".to_owned(), Number::to_string));
        assert_eq!(told, [all, each]);
    };
    let cents = |cents: i64| Some(Decimal::new(cents, 2));
    let told = MachinePrice {
        total_per_hour: cents(210),
        gpus_per_hour: cents(200),
        per_gpu_per_hour: cents(50),
        ..no_price()
    };
    let huge = MachinePrice {
        per_gpu_per_hour: Some(Decimal::MAX),
        ..no_price()
    };
    check(Some(told.clone()), "2.1", "0.5");
    check(
        Some(MachinePrice {
            per_gpu_per_hour: None,
            ..told.clone()
        }),
        "2.1",
        "0.5",
    );
    check(
        Some(MachinePrice {
            total_per_hour: None,
            ..told.clone()
        }),
        "2",
        "0.5",
    );
    check(
        Some(MachinePrice {
            total_per_hour: cents(210),
            ..no_price()
        }),
        "2.1",
        "0.525",
    );
    check(
        Some(MachinePrice {
            per_gpu_per_hour: cents(50),
            ..no_price()
        }),
        "2",
        "0.5",
    );
    check(Some(no_price()), "?", "?");
    check(Some(huge), "?", &Decimal::MAX.to_string());
    check(None, "?", "?");
}
