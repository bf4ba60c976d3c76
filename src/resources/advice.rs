//! Advice while planning: worth a few seconds, and not worth the patience of a real question to a cloud that hangs.

use std::time::Duration;

use crate::clouds;

/// For one request with all of its retries. A list goes on as long as its pages come.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks for advice.
pub async fn advice<T>(question: impl Future<Output = T>) -> T {
    clouds::with_request_budget(PATIENCE, question).await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::{net::TcpListener, time::Instant};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::{
        clouds::{Account, Cloud, ConnectSettings, Secret, Settings},
        resources::{
            pod::{PodResource, model::PodModel},
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
        assert!(cx.session.neighbours.listed(cloud.as_ref()).await.is_err());
        assert_is_soon(start);
    }
}
