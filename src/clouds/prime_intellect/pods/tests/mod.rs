//! Tests of Prime Intellect's pods: requests, conversion of responses, and calls over a socket.

mod requests;

mod refusals;

mod answers;

mod lists;

mod address;

mod exchange;

mod create;

use crate::clouds::{GpuCount, GpuCounts, GpuRequest, Name, Pod, PodSpec};

use super::{api, convert};
use crate::clouds::{Account, http::Response};

/// The least that can be asked for.
fn small_spec() -> PodSpec {
    let name = |text: &str| Name::new(text).expect("a name");
    PodSpec {
        gpu: Some(GpuRequest {
            gpu_type: "H100_80GB".to_owned(),
            count: GpuCount::new(1, GpuCounts::Any).expect("a count"),
        }),
        ..PodSpec::new(name("trainer"), name("ubuntu_22_cuda_12"))
    }
}

/// A pod as it is read on behalf of nobody's team.
fn pod(body: &str) -> Pod {
    pod_of(body, &Account::default())
}

fn pod_of(body: &str, account: &Account) -> Pod {
    let (id, json) = api::pod(&Response::of(200, body)).unwrap_or_else(|failure| panic!("{body}: {failure:?}"));
    convert::to_pod(id, json, account)
}

/// A pod with further fields, given as JSON.
fn with(fields: &str) -> Pod {
    pod(&format!(r#"{{"id":"a",{fields}}}"#))
}
