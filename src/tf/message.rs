//! Messages as data: the text of a diagnostic comes from a function that [`messages!`](crate::messages) declares, with
//! typed parameters, in a folder's `messages.rs`. Each such file is a table of templates too, from which the page of all
//! messages is written.

/// The summary and the detail of a diagnostic. The summary says what could not be done or what is wrong; the detail what
/// was found, what is allowed and what to do. Only [`messages!`](crate::messages) makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub(super) summary: String,
    pub(super) detail: String,
}

impl Message {
    /// For the macro alone; a test holds that.
    #[doc(hidden)]
    pub fn from_template(summary: String, detail: String) -> Self {
        Self { summary, detail }
    }
}

/// A file of messages.
#[derive(Debug)]
pub struct MessageTable {
    pub file: &'static str,
    pub templates: &'static [Template],
}

/// A message as it is declared, with `{…}` where a parameter is filled in.
#[derive(Debug)]
pub struct Template {
    pub function: &'static str,
    /// When it is given.
    pub doc: &'static str,
    /// `None` for a part of other messages, or the error of a provider-defined function, which has no summary.
    pub summary: Option<&'static str>,
    pub detail: &'static str,
}

/// Declares messages. With a summary and a detail a function returns a [`Message`]; with one text it
/// returns a `String`, as a part of messages or as the error of a provider-defined function. `MESSAGES` is the table.
///
/// ```
/// mod messages {
///     gpupod::messages! {
///         /// When a crate is too heavy.
///         pub fn too_heavy(weight: u32, advice: &str) {
///             "Crate is too heavy",
///             "`weight` is {weight}. Use at most 100.{advice}"
///         }
///
///         /// In `too_heavy`, where there are larger crates.
///         pub fn larger(name: &str) { " Or use {name:?}." }
///     }
/// }
///
/// let mut diagnostics = gpupod::tf::Diagnostics::new();
/// diagnostics.add_error("weight", messages::too_heavy(120, &messages::larger("big")));
/// let detail = diagnostics.iter().next().map(|one| one.detail.as_str());
/// assert_eq!(detail, Some("`weight` is 120. Use at most 100. Or use \"big\"."));
/// assert_eq!(messages::MESSAGES.templates[0].function, "too_heavy");
/// ```
#[macro_export]
macro_rules! messages {
    (@one $(#[doc = $doc:literal])+ $vis:vis fn $name:ident($($arg:ident: $Type:ty),*) { $text:literal }) => {
        $(#[doc = $doc])+
        $vis fn $name($($arg: $Type),*) -> String {
            format!($text)
        }
    };
    (@one $(#[doc = $doc:literal])+ $vis:vis fn $name:ident($($arg:ident: $Type:ty),*) {
        $summary:literal, $detail:literal
    }) => {
        $(#[doc = $doc])+
        #[allow(clippy::too_many_arguments, reason = "one for each hole of the text")]
        $vis fn $name($($arg: $Type),*) -> $crate::tf::Message {
            $crate::tf::Message::from_template(format!($summary), format!($detail))
        }
    };
    (@template $name:ident $doc:expr, $text:literal) => {
        $crate::tf::Template { function: stringify!($name), doc: $doc, summary: None, detail: $text }
    };
    (@template $name:ident $doc:expr, $summary:literal, $detail:literal) => {
        $crate::tf::Template { function: stringify!($name), doc: $doc, summary: Some($summary), detail: $detail }
    };
    ($(
        $(#[doc = $doc:literal])+
        $vis:vis fn $name:ident($($arg:ident: $Type:ty),* $(,)?) { $($text:literal),+ $(,)? }
    )+) => {
        $($crate::messages! { @one $(#[doc = $doc])+ $vis fn $name($($arg: $Type),*) { $($text),+ } })+

        /// All messages of this file.
        #[allow(dead_code, reason = "those of tests are on no page")]
        pub(crate) const MESSAGES: $crate::tf::MessageTable = $crate::tf::MessageTable {
            file: file!(),
            templates: &[$($crate::messages!(@template $name concat!($($doc, "\n"),+), $($text),+)),+],
        };
    };
}
