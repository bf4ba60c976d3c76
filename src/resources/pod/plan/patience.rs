//! A plan waits a few seconds for advice of a cloud that never answers, and no longer.

use std::sync::Arc;

use tokio::{net::TcpListener, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{
    clouds::{self, Account, Cloud, ConnectSettings, Pod, Secret, Settings},
    resources::{
        pod::{PodResource, model::PodModel},
        run::Cached,
        session::Session,
        testing::{messages, text},
    },
    tf::{Context, Diagnostics, Model, Plan, Resource, Tf},
};

/// A session with a cloud that takes connections and never answers.
async fn silent() -> (Context<Session>, Arc<dyn Cloud>, TcpListener) {
    // Nobody takes the connections that the system accepts.
    let silence = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let settings = ConnectSettings {
        http: Settings::default(),
        base_url: silence.local_addr().ok().map(|address| format!("http://{address}")),
        key: Secret::new("swordfish"),
        account: Account::default(),
    };
    let cloud = clouds::connect("yotta", settings).expect("good settings");
    let session = Session::with_clouds(vec![Arc::clone(&cloud)]);
    (
        Context::new(Arc::new(session), CancellationToken::new()),
        cloud,
        silence,
    )
}

fn assert_is_soon(start: Instant) {
    let seconds = start.elapsed().as_secs_f32();
    assert!((4.9..5.5).contains(&seconds), "{seconds} s");
}

#[tokio::test(start_paused = true)]
async fn a_plan_does_not_wait_long_for_advice() {
    let (cx, _, _silence) = silent().await;
    let config = PodModel {
        cloud: text("yotta"),
        name: text("trainer"),
        image: text("debian"),
        gpu_type: text("NVIDIA_RTX_4090_24G"),
        gpu_count: Tf::Known(1_u32.into()),
        ..PodModel::null()
    };
    let mut plan = Plan {
        prior: None,
        planned: config.clone(),
        config,
        replace: Vec::new(),
    };
    let (mut diagnostics, start) = (Diagnostics::new(), Instant::now());
    PodResource.plan(&cx, &mut plan, &mut diagnostics).await;
    let told = messages(&diagnostics);
    assert!(!diagnostics.has_errors(), "{told:?}");
    assert!(
        told.iter().any(|one| one.contains("no whole answer came in time")),
        "{told:?}"
    );
    assert_is_soon(start);
}

#[tokio::test(start_paused = true)]
async fn nor_for_what_there_is_already() {
    let (cx, cloud, _silence) = silent().await;
    let start = Instant::now();
    let list = Pod::lists(&cx.session.run).advice(cloud.pods()).await;
    assert!(list.objects().is_err());
    assert_is_soon(start);
}
