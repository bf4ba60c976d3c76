//! Account of the key: user, teams and wallet.

use serde_json::{Value, json};

use super::answers::{Outcome, Refusal};
use super::query::{self, Page};
use super::{PrimeIntellect, USER, WALLET};
use crate::simulator::clock::iso_8601;
use crate::simulator::cloud::Scene;
use crate::simulator::http::Request;
use crate::simulator::price::Price;

/// 2025-01-01T00:00:00Z.
const SINCE: u64 = 1_735_689_600_000;
const TEAM: &str = "cm8f3x2k5000as601p4y8n3vd";
const NAME: &str = "Simulated User";
/// Reserved for examples, so nobody gets mail by accident.
const EMAIL: &str = "user@simulator.example";

/// The deposit.
const DEPOSIT: Price = Price(10_000_000);
/// The official document's.
const DEFAULT_LIMIT: i64 = 20;
const MOST: i64 = 100;

pub(super) fn whoami() -> Value {
    let all = json!({"read": true, "write": true});
    json!({
        "data": {
            "id": USER,
            "role": "USER",
            "createdAt": iso_8601(SINCE),
            "name": NAME,
            "slug": "simulated-user",
            "email": EMAIL,
            "image": null,
            "emailVerified": true,
            "hasBetaAccess": false,
            "isBanned": false,
            "skipPrepay": false,
            "blacklist": [],
            "scope": {"availability": {"read": true, "write": false}, "instances": all, "disks": all, "ssh_keys": all},
        },
        "status": null,
    })
}

pub(super) fn teams(request: &Request, scene: &Scene<'_>) -> Outcome {
    let page = Page::read(request, scene.quirks)?;
    let team = json!({
        "teamId": TEAM,
        "name": "Simulated Team",
        "slug": "simulated-team",
        "role": "ADMIN",
        "createdAt": iso_8601(SINCE),
    });
    Ok(page.of(vec![team]))
}

pub(super) fn members(team: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let page = Page::read(request, scene.quirks)?;
    if team != TEAM {
        return Err(Refusal::detail(404, "Team not found"));
    }
    let member = json!({
        "userId": USER,
        "userName": NAME,
        "userEmail": EMAIL,
        "role": "ADMIN",
        "joinedAt": iso_8601(SINCE),
    });
    Ok(page.of(vec![member]))
}

/// What a pod has cost stands as one charge that grows, the newest first; how often the cloud charges is not documented.
/// Disks have prices and no charges here.
pub(super) fn wallet(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let limit = query::integer(request, "limit", 1, MOST)?.unwrap_or(DEFAULT_LIMIT);
    let offset = query::integer(request, "offset", 0, i64::MAX)?.unwrap_or_default();
    let team = request.query_value("teamId");
    let charged = cloud.pods.iter().rev().filter(|pod| pod.asked.team_id == team);
    let charges: Vec<Value> = charged
        .clone()
        .map(|pod| {
            json!({
                "id": format!("bill-{}", pod.id),
                "created_at": iso_8601(pod.created_at),
                "updated_at": iso_8601(pod.since),
                "last_billed_at": iso_8601(pod.since),
                "amount_usd": pod.cost(scene.now).number(),
                "currency": "USD",
                "resource_type": "Instance",
                "resource_id": pod.id,
            })
        })
        .collect();
    let spent = charged.fold(Price::default(), |sum, pod| sum.plus(pod.cost(scene.now)));
    let total = charges.len();
    let (skipped, taken) = (query::to_size(offset), query::to_size(limit));
    Ok(json!({
        "wallet_id": WALLET,
        "team_id": team,
        "balance_usd": DEPOSIT.less(spent).number(),
        "currency": "USD",
        "total_billings": total,
        "recent_billings": charges.into_iter().skip(skipped).take(taken).collect::<Vec<Value>>(),
    }))
}
