//! The toy's messages.

gpupod::messages! {
    /// When two zones of the provider block are one.
    pub fn same_zones() { "Zones are the same", "Name another one." }

    /// When the toy is configured for a zone that is closed.
    pub fn closed_zone() { "Zone is closed", "Use another one." }

    /// When a note is the name.
    pub fn idle_note() { "Note says nothing", "`note` repeats `name`. Leave it out." }

    /// When a note orders a plan to fail.
    pub fn vetoed() { "Vetoed", "Write another note." }

    /// When a note orders a warning among a plan's own diagnostics.
    pub fn doubtful() { "Doubtful", "Write another note." }

    /// When a note orders a warning of the context.
    pub fn doubtful_too() { "Doubtful as well", "Think of another name." }

    /// When a lookup has an empty id.
    pub fn empty_id() { "Id is empty", "Name a widget." }

    /// With every lookup.
    pub fn slow() { "The workshop is slow today", "Nothing to do." }

    /// When a lookup finds nothing.
    pub fn no_such_widget() { "No such widget", "Use the id of one that exists." }

    /// When the script says so.
    pub fn ordered(summary: &str) { "{summary}", "As the test has ordered." }
}
