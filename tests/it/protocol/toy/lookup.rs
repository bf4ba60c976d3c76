//! The data source: a widget by its id.

use async_trait::async_trait;
use gpupod::tf::{Context, DataSource, Diagnostics, Tf, computed, required};

use super::{Session, WidgetModel, messages};

gpupod::model! {
    /// A widget that exists.
    pub struct LookupModel {
        /// Its id.
        id: String = required(),
        /// Its name.
        name: String = computed(),
    }
}

pub struct Lookup;

#[async_trait]
impl DataSource for Lookup {
    type Session = Session;

    type Model = LookupModel;

    const NAME: &'static str = "widget";

    fn validate(&self, config: &LookupModel, diagnostics: &mut Diagnostics) {
        if config.id == Tf::Known(String::new()) {
            diagnostics.add_error("id", messages::empty_id());
        }
    }

    async fn read(&self, cx: &Context<Session>, config: LookupModel) -> Result<LookupModel, Diagnostics> {
        cx.add_warning("id", messages::slow());
        let id = config.id.known().map_or("", String::as_str);
        match cx.session.workshop.shelf().get(id) {
            Some(WidgetModel { name, .. }) => Ok(LookupModel {
                name: name.clone(),
                ..config
            }),
            None => Err(Diagnostics::from_error("id", messages::no_such_widget())),
        }
    }
}
