//! The log: events of this crate, one line of JSON each, on stderr, where clients read it as go-plugin's hclog.

use std::io::Write;

use serde_json::{Map, Value};
use time::OffsetDateTime;
use tracing::{Event, Metadata, Subscriber, level_filters::LevelFilter, span};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

use self::{fields::Fields, line::Line};
use super::{Definition, handshake};

mod fields;
mod level;
mod line;

/// Starts the log if the environment asks for one. Nothing is written otherwise.
pub fn init(definition: &Definition) {
    let level = level::from_environment(definition.name, &handshake::process_environment);
    if level == LevelFilter::OFF {
        return;
    }
    let layer = Log::new(definition.name, level, write_to_stderr);
    // Refused only if there is a log already, which may then stay.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(layer));
}

fn write_to_stderr(line: &str) {
    // A log that nobody can read must not stop the work.
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

/// Turns events into lines and gives each line, as a whole, to `write`.
struct Log<W> {
    name: &'static str,
    level: LevelFilter,
    write: W,
}

impl<W: Fn(&str) + Send + Sync + 'static> Log<W> {
    fn new(name: &'static str, level: LevelFilter, write: W) -> Self {
        Self { name, level, write }
    }

    /// Only our own events: a library might log a body, or a header with a key in it.
    fn is_ours(&self, metadata: &Metadata<'_>) -> bool {
        match metadata.target().strip_prefix(self.name) {
            Some(rest) => rest.is_empty() || rest.starts_with("::"),
            None => false,
        }
    }
}

impl<S, W> Layer<S> for Log<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Fn(&str) + Send + Sync + 'static,
{
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        *metadata.level() <= self.level && self.is_ours(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn on_new_span(&self, attributes: &span::Attributes<'_>, id: &span::Id, cx: Context<'_, S>) {
        if let Some(span) = cx.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &span::Id, values: &span::Record<'_>, cx: Context<'_, S>) {
        if let Some(span) = cx.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, cx: Context<'_, S>) {
        let mut fields = Fields(fields_of_spans(event, &cx));
        event.record(&mut fields);
        let metadata = event.metadata();
        let line = Line {
            level: *metadata.level(),
            module: metadata.target(),
            at: OffsetDateTime::now_utc(),
            fields: fields.0,
        };
        (self.write)(&line.into_json());
    }
}

/// The fields of the spans around an event; the innermost wins.
fn fields_of_spans<S>(event: &Event<'_>, cx: &Context<'_, S>) -> Map<String, Value>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let mut all = Map::new();
    for span in cx.event_scope(event).into_iter().flat_map(|scope| scope.from_root()) {
        if let Some(Fields(fields)) = span.extensions().get() {
            all.extend(fields.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests;
