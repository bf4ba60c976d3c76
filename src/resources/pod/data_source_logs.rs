//! `data "gpupod_pod_logs"`: lines of a pod's log.

use super::messages;
use async_trait::async_trait;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    clouds::{Capabilities, Description, LogLine, LogQuery, LogSupport, Pod},
    model,
    resources::{
        common::{attribute_support, cloud_feature::LOGS, number, reported::list},
        managed::lookup,
        session::Session,
    },
    tf::{
        Context, DataSource, Diagnostics, List, Number, Tf, Value, computed, optional, optional_computed, required,
        validators::{Validator, not_empty, one_of, whole},
    },
};

const DEFAULT_LIMIT: u32 = 100;

/// What is read is stored in the state, which should not become a store of logs.
const MOST_LINES: i64 = 10_000;

model! {
    /// Lines of a pod's log, as they are when Terraform reads them. They are stored in the state.
    pub struct PodLogsModel {
        /// The cloud that the pod runs on. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The cloud's id of the pod.
        pod_id: String = required().validator(lookup::id_validator::<Pod>()),

        /// Whose log: the container's own (`CONTAINER`) or the platform's about it (`SYSTEM`). Left out, the cloud
        /// chooses.
        r#type: String = optional().validator(one_of(&["CONTAINER", "SYSTEM"])).tag(&LogSupport::Filtered),

        /// How many lines at most, from 1 to 10000; the default is {default}. On Prime Intellect they are the last ones. On Yotta
        /// the cloud chooses which end of the log they are from; `start_time` and `end_time` narrow it down.
        limit: Number = optional().validator(whole(1, MOST_LINES)).documented_default(DEFAULT_LIMIT),

        /// What the lines contain.
        keyword: String = optional().validator(not_empty("Remove it, or give a word.")).tag(&LogSupport::Filtered),

        /// The earliest time, as RFC 3339, such as `2026-11-21T03:04:41Z`.
        start_time: String = optional().validator(rfc_3339()).tag(&LogSupport::Filtered),

        /// The latest time, as RFC 3339, such as `2026-11-21T04:00:00+01:00`.
        end_time: String = optional().validator(rfc_3339()).tag(&LogSupport::Filtered),

        /// The lines, in the cloud's order, up to `limit`.
        lines: List<LineModel> = computed(),
    }
}

model! {
    /// A line of a log.
    pub struct LineModel {
        /// When it was written, as the cloud tells it.
        timestamp: String = computed(),

        /// How grave it is, in the cloud's words.
        level: String = computed(),

        /// The text, with everything that the pod wrote, escape sequences for colours among it: a terminal that it is
        /// printed to raw, as with `terraform output -raw`, obeys them. Secrets that the provider was given in this run are
        /// shown as `***`.
        content: String = computed(),
    }
}

/// The data source `gpupod_pod_logs`.
#[derive(Debug)]
pub struct PodLogsDataSource;

#[async_trait]
impl DataSource for PodLogsDataSource {
    type Session = Session;
    type Model = PodLogsModel;

    const NAME: &'static str = "pod_logs";

    fn validate(&self, config: &PodLogsModel, diagnostics: &mut Diagnostics) {
        lookup::check_id::<Pod>("pod_id", &config.cloud, &config.pod_id, diagnostics);
        LOGS.check_cloud(&config.cloud, diagnostics);
        if let Some(capabilities) = config.cloud.known().and_then(|name| Description::of(name)) {
            check_filters(config, capabilities.capabilities, diagnostics);
        }
        if let (Some(start), Some(end)) = (milliseconds(&config.start_time), milliseconds(&config.end_time))
            && start > end
        {
            let shown = |time: &Tf<String>| time.known().cloned().unwrap_or_default();
            let message = messages::end_before_start(&shown(&config.end_time), &shown(&config.start_time));
            diagnostics.add_error("end_time", message);
        }
    }

    async fn read(&self, cx: &Context<Session>, config: PodLogsModel) -> Result<PodLogsModel, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let capabilities = cloud.capabilities();
        let logs = LOGS.of("cloud", cloud.as_ref(), cloud.logs())?;
        let mut refusals = Diagnostics::new();
        check_filters(&config, capabilities, &mut refusals);
        if refusals.has_errors() {
            return Err(refusals);
        }
        let id = lookup::id::<Pod>("pod_id", &config.pod_id, capabilities)?;
        let lines = logs.pod_logs(&id, &query(&config)).await;
        let asked = ("pod_id", &id);
        let summary = messages::logs_cannot_be_read();
        let lines = lookup::of_object(cx, cloud.pods(), capabilities, asked, lines.map(Some), &summary);
        let lines = lines.await?;
        Ok(PodLogsModel {
            cloud: Tf::Known(capabilities.name.to_owned()),
            lines: Tf::Known(list(&lines, line)),
            ..config
        })
    }
}

/// A cloud that shows the end of a log alone takes no filter.
fn check_filters(config: &PodLogsModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    if LOGS.is_in(capabilities) {
        attribute_support::check(config, capabilities, |one, asked| one.logs(asked), diagnostics);
    }
}

fn query(config: &PodLogsModel) -> LogQuery {
    LogQuery {
        kind: config.r#type.known().cloned(),
        limit: config.limit.known().and_then(number::to_whole).unwrap_or(DEFAULT_LIMIT),
        keyword: config.keyword.known().cloned(),
        start: milliseconds(&config.start_time),
        end: milliseconds(&config.end_time),
    }
}

fn line(line: &LogLine) -> LineModel {
    LineModel {
        timestamp: line.timestamp.clone().into(),
        level: line.level.clone().into(),
        content: Tf::Known(line.content.clone()),
    }
}

fn rfc_3339() -> Validator {
    Validator::new(
        "Not a time",
        "Use RFC 3339, such as `2026-11-21T03:04:41Z`.",
        |value| match value {
            Value::String(text) if parse(text).is_none() => Some(format!("is {text:?}")),
            _ => None,
        },
    )
}

/// Milliseconds since 1970.
fn milliseconds(time: &Tf<String>) -> Option<i64> {
    i64::try_from(parse(time.known()?)?.unix_timestamp_nanos() / 1_000_000).ok()
}

fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        resources::testing::{BARE, NORTH, TestCloud, context, details, pod, text},
        tf::{Model, Path},
    };

    fn of_pod(id: &str) -> PodLogsModel {
        PodLogsModel {
            pod_id: text(id),
            ..PodLogsModel::null()
        }
    }

    #[tokio::test]
    async fn the_lines_come_in_the_clouds_order() {
        let written = |content: &str, level: Option<&str>| LogLine {
            timestamp: None,
            level: level.map(str::to_owned),
            content: content.to_owned(),
        };
        let cloud = TestCloud::of(&NORTH)
            .with_pods(vec![pod("1")])
            .with_logs(vec![written("b", Some("INFO")), written("a", None)]);
        let cx = context(vec![cloud]);
        let read = PodLogsDataSource.read(&cx, of_pod("1")).await.expect("logs");
        assert_eq!(read.cloud, text("north"));
        let line = |content: &str, level: Tf<String>| {
            Tf::Known(LineModel {
                timestamp: Tf::Null,
                level,
                content: text(content),
            })
        };
        assert_eq!(
            read.lines,
            Tf::Known(List(vec![line("b", text("INFO")), line("a", Tf::Null)]))
        );
    }

    #[tokio::test]
    async fn a_pod_that_is_gone_and_a_cloud_without_logs_are_errors() {
        let told = |result: Result<PodLogsModel, Diagnostics>| result.err().map(details).unwrap_or_default();
        let cx = context(vec![TestCloud::of(&NORTH)]);
        let gone = told(PodLogsDataSource.read(&cx, of_pod("1")).await);
        assert!(
            gone.starts_with("`pod_id` is \"1\", and North has no such pod"),
            "{gone}"
        );
        let cx = context(vec![TestCloud::of(&BARE)]);
        let refused = told(PodLogsDataSource.read(&cx, of_pod("1")).await);
        assert!(refused.contains("Bare shows no logs of pods"), "{refused}");
    }

    #[test]
    fn what_is_left_out_is_not_asked_for_and_times_are_instants() {
        let nothing = LogQuery {
            kind: None,
            limit: DEFAULT_LIMIT,
            keyword: None,
            start: None,
            end: None,
        };
        assert_eq!(query(&of_pod("1")), nothing);
        let config = PodLogsModel {
            r#type: text("SYSTEM"),
            limit: Tf::Known(Number::from(7_u32)),
            keyword: text("error"),
            start_time: text("1970-01-01T00:00:01.5Z"),
            end_time: text("1970-01-01T01:00:02+01:00"),
            ..of_pod("1")
        };
        let expected = LogQuery {
            kind: Some("SYSTEM".to_owned()),
            limit: 7,
            keyword: Some("error".to_owned()),
            start: Some(1_500),
            end: Some(2_000),
        };
        assert_eq!(query(&config), expected);
    }

    #[test]
    fn times_are_rfc_3339_and_in_order() {
        let check = |time: &str, expected: &str| {
            let mut diagnostics = Diagnostics::new();
            rfc_3339().check(&time.into(), &Path::from("end_time"), false, &mut diagnostics);
            assert_eq!(details(diagnostics), expected);
        };
        check("2026-11-21T03:04:41Z", "");
        check("2026-11-21T03:04:41.551+02:00", "");
        for time in ["yesterday", "2026-11-21", "2026-11-21 03:04", "2026-02-30T00:00:00Z"] {
            let allowed = "Use RFC 3339, such as `2026-11-21T03:04:41Z`.";
            check(time, &format!("`end_time` is {time:?}. {allowed}"));
        }
        let backwards = PodLogsModel {
            start_time: text("2026-11-21T03:00:00Z"),
            end_time: text("2026-11-21T03:30:00+01:00"),
            ..of_pod("1")
        };
        let mut diagnostics = Diagnostics::new();
        PodLogsDataSource.validate(&backwards, &mut diagnostics);
        assert!(details(diagnostics).contains("`end_time` is earlier than `start_time`: "));
    }
}
