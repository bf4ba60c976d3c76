//! A toy provider: widgets made in a workshop that a test can order to misbehave.

mod function;

mod messages;

mod lookup;

mod puppet;

mod relic;

mod widget_model;

mod widget;

mod workshop;

use std::sync::Arc;

use gpupod::tf::{AnyDataSource, AnyResource, Diagnostics, Function, Path, Provider, Tf, optional, validators::one_of};

pub use lookup::LookupModel;
pub use puppet::PuppetModel;
pub use relic::RelicModel;
pub use widget_model::{PLATFORM_LABEL, WidgetModel};
pub use workshop::{Script, Workshop};

pub struct Toy {
    pub workshop: Arc<Workshop>,
}

/// What a configured toy provider hands to its resources.
pub struct Session {
    pub workshop: Arc<Workshop>,
    /// Where widgets are made that name no zone.
    pub zone: Tf<String>,
}

gpupod::model! {
    /// The provider block.
    pub struct ToyModel {
        /// Where widgets are made.
        zone: String = optional().validator(one_of(&["east", "west", "closed"])),
        /// A second zone.
        fallback_zone: String = optional(),
    }
}

impl Provider for Toy {
    type Config = ToyModel;

    type Session = Session;

    const NAME: &'static str = "toy";

    fn validate(&self, config: &ToyModel, diagnostics: &mut Diagnostics) {
        if config.zone.known().is_some() && config.zone == config.fallback_zone {
            diagnostics.add_error("fallback_zone", messages::same_zones());
        }
    }

    fn configure(&self, config: ToyModel, _: &str, diagnostics: &mut Diagnostics) -> Option<Session> {
        if config.zone == Tf::Known("closed".to_owned()) {
            diagnostics.add_error(Path::from("zone"), messages::closed_zone());
            return None;
        }
        Some(Session {
            workshop: Arc::clone(&self.workshop),
            zone: config.zone,
        })
    }

    fn resources(&self) -> Vec<Box<dyn AnyResource<Session>>> {
        vec![
            Box::new(widget::Widget),
            Box::new(puppet::Puppet),
            Box::new(relic::Relic),
        ]
    }

    fn data_sources(&self) -> Vec<Box<dyn AnyDataSource<Session>>> {
        vec![Box::new(lookup::Lookup)]
    }

    fn functions(&self) -> Vec<Box<dyn Function>> {
        vec![Box::new(function::Shout), Box::new(function::Repeat)]
    }
}
