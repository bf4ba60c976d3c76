//! `GET /v2/vms/types`: where there are virtual machines with which GPU. Nothing else of virtual machines is simulated;
//! the vendor's command line tool asks for this when it lists GPUs.

use serde_json::{Value, json};

use super::catalogue::OFFERS;

/// In the guide's shape. Ids count from 1, as in its example.
pub(super) fn types() -> Value {
    let mut types: Vec<(&str, Vec<Region>)> = Vec::new();
    let mut last_id = 0;
    for offer in OFFERS {
        let known = types.iter().position(|(gpu_type, _)| *gpu_type == offer.gpu.code);
        let at = known.unwrap_or_else(|| {
            types.push((offer.gpu.code, Vec::new()));
            types.len() - 1
        });
        let regions = &mut types[at].1;
        match regions.iter_mut().find(|region| region.code == offer.region) {
            // On demand and spot are two rows there, and one here.
            Some(region) => region.is_available |= !offer.is_sold_out(),
            None => {
                last_id += 1;
                regions.push(Region {
                    code: offer.region,
                    is_available: !offer.is_sold_out(),
                    id: last_id,
                });
            }
        }
    }
    let shown = types.into_iter().map(|(gpu_type, regions)| {
        let regions: Vec<Value> = regions.iter().map(Region::shown).collect();
        json!({"gpuType": gpu_type, "regions": regions})
    });
    shown.collect()
}

struct Region {
    code: &'static str,
    is_available: bool,
    id: u64,
}

impl Region {
    fn shown(&self) -> Value {
        json!({
            "region": self.code,
            "regionName": name(self.code),
            "available": self.is_available,
            "vmTypeId": self.id,
        })
    }
}

/// `us-east-1` reads `US East` in the guide; which name another region has, no document says.
fn name(code: &str) -> String {
    let words = code
        .split('-')
        .filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    let named = words.map(|word| match word {
        "us" | "eu" => word.to_uppercase(),
        _ => word[..1].to_uppercase() + &word[1..],
    });
    named.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_gpu_stands_once_with_each_of_its_regions() {
        let types = types();
        let rows = types.as_array().unwrap();
        let names: BTreeSet<&str> = rows.iter().map(|row| row["gpuType"].as_str().unwrap()).collect();
        let expected: BTreeSet<&str> = OFFERS.iter().map(|offer| offer.gpu.code).collect();
        assert_eq!((names.len(), &names), (rows.len(), &expected));
        assert_eq!(
            rows[1],
            json!({"gpuType": "NVIDIA_RTX_4090_24G", "regions": [
                {"region": "us-east-1", "regionName": "US East", "available": true, "vmTypeId": 2},
                {"region": "eu-2", "regionName": "EU", "available": true, "vmTypeId": 3},
            ]})
        );
        let sold_out = rows.iter().find(|row| row["gpuType"] == "NVIDIA_B200_180G").unwrap();
        assert_eq!(sold_out["regions"][0]["available"], false);
        let regions = rows.iter().flat_map(|row| row["regions"].as_array().unwrap());
        let ids: Vec<u64> = regions.map(|region| region["vmTypeId"].as_u64().unwrap()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }
}
