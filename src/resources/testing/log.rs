//! The log of a test, for tests of what it tells.

use std::{
    cell::RefCell,
    fmt::{self, Write},
    sync::Once,
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry,
};

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// One for all threads: with a subscriber of its own each, a line that two threads come to at the same time for the
/// first time may be told to neither.
static SUBSCRIBER: Once = Once::new();

/// What this thread logs at INFO from now on.
pub struct Log;

impl Log {
    pub fn kept() -> Self {
        SUBSCRIBER.call_once(|| {
            tracing::subscriber::set_global_default(registry().with(Lines)).expect("no test has another one");
        });
        LINES.with_borrow_mut(Vec::clear);
        Self
    }

    /// Lines in the form `message name=value`.
    pub fn lines(&self) -> Vec<String> {
        LINES.with_borrow(Vec::clone)
    }
}

struct Lines;

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() != Level::INFO {
            return;
        }
        let mut line = Line::default();
        event.record(&mut line);
        LINES.with_borrow_mut(|lines| lines.push(line.message + &line.fields));
    }
}

#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let written = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
        written.expect("a text takes everything");
    }
}
