//! The log of a test, for tests of what it tells.

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry,
};

/// What this thread logs at INFO from now on, until this is dropped.
pub struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    _guard: DefaultGuard,
}

impl Log {
    pub fn kept() -> Self {
        let lines = Arc::default();
        let subscriber = registry().with(Lines(Arc::clone(&lines)));
        Self {
            lines,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    /// Lines in the form `message name=value`.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("no test panics with the lock").clone()
    }
}

struct Lines(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() != Level::INFO {
            return;
        }
        let mut line = Line::default();
        event.record(&mut line);
        let line = line.message + &line.fields;
        self.0.lock().expect("no test panics with the lock").push(line);
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
