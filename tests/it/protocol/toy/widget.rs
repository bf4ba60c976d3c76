//! The widget's life: a typed resource that does what its note and the workshop's script order.

use async_trait::async_trait;
use gpupod::tf::{Change, Context, Diagnostics, List, Map, Number, Origin, Path, Plan, Resource, Saved, Tf};

use super::{
    Session, WidgetModel, messages,
    widget_model::{BoxModel, PLATFORM_LABEL, PartModel},
};

pub struct Widget;

#[async_trait]
impl Resource for Widget {
    type Session = Session;

    type Model = WidgetModel;

    const NAME: &'static str = "widget";

    const SCHEMA_VERSION: i64 = 1;

    fn validate(&self, config: &WidgetModel, diagnostics: &mut Diagnostics) {
        if config.note.known().is_some() && config.note == config.name {
            diagnostics.add_error("note", messages::idle_note());
        }
    }

    /// A note can order what a plan does, as the real resources do for real reasons.
    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<WidgetModel>, diagnostics: &mut Diagnostics) {
        if plan.planned.zone.is_unknown() && !cx.session.zone.is_null() {
            plan.planned.zone = cx.session.zone.clone();
        }
        match plan.config.note.known().map(String::as_str) {
            Some("rebuild") => plan.replace.push(Path::from("note")),
            Some("veto") => diagnostics.add_error("note", messages::vetoed()),
            Some("doubt") => {
                diagnostics.add_warning("note", messages::doubtful());
                cx.add_warning("name", messages::doubtful_too());
            }
            _ => {}
        }
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        planned: WidgetModel,
        config: WidgetModel,
        saved: &Saved,
    ) -> Result<WidgetModel, Diagnostics> {
        let workshop = &cx.session.workshop;
        workshop.begin()?;
        workshop.tokens().extend(config.token_wo.known().cloned());
        let id = format!("w-{}", workshop.shelf().len() + 1);
        let widget = complete(planned, &id, 1, &cx.session.zone);
        workshop.shelf().insert(id, widget.clone());
        saved.save(&widget);
        workshop.go_on(&cx.stop).await?;
        Ok(widget)
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: WidgetModel,
        origin: Origin,
    ) -> Result<Option<WidgetModel>, Diagnostics> {
        cx.session.workshop.begin()?;
        let found = cx.session.workshop.shelf().get(id_of(&state)).cloned();
        Ok(found.map(|found| match origin {
            Origin::Import => as_told(found),
            Origin::State => WidgetModel {
                labels: state.labels,
                finish: state.finish,
                packing: state.packing,
                ..found
            },
        }))
    }

    /// In two steps, of which the first is saved: the note, then all the rest.
    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<WidgetModel>,
        saved: &Saved,
    ) -> Result<WidgetModel, Diagnostics> {
        let workshop = &cx.session.workshop;
        workshop.begin()?;
        workshop.tokens().extend(change.config.token_wo.known().cloned());
        let id = id_of(&change.prior).to_owned();
        let revision = change.prior.revision.known().and_then(Number::as_i64).unwrap_or(0) + 1;
        let note = change.planned.note.clone();
        saved.save(&WidgetModel { note, ..change.prior });
        workshop.go_on(&cx.stop).await?;
        let widget = complete(change.planned, &id, revision, &cx.session.zone);
        workshop.shelf().insert(id, widget.clone());
        Ok(widget)
    }

    async fn delete(&self, cx: &Context<Session>, state: WidgetModel, _: &Saved) -> Result<(), Diagnostics> {
        cx.session.workshop.begin()?;
        cx.session.workshop.go_on(&cx.stop).await?;
        cx.session.workshop.shelf().remove(id_of(&state));
        Ok(())
    }

    async fn import(&self, cx: &Context<Session>, id: &str) -> Result<WidgetModel, Diagnostics> {
        cx.session.workshop.begin()?;
        Ok(WidgetModel::stub(id))
    }
}

fn id_of(widget: &WidgetModel) -> &str {
    widget.id.known().map_or("", String::as_str)
}

/// The planned widget with everything that only making it tells.
fn complete(planned: WidgetModel, id: &str, revision: i64, zone: &Tf<String>) -> WidgetModel {
    let zone = match planned.zone {
        Tf::Unknown => zone.clone(),
        planned => planned,
    };
    let parts = match planned.parts {
        Tf::Known(List(parts)) => Tf::Known(List(parts.into_iter().enumerate().map(numbered).collect())),
        other => other,
    };
    WidgetModel {
        id: Tf::Known(id.to_owned()),
        revision: Tf::Known(Number::from(revision)),
        zone,
        parts,
        ..planned
    }
}

fn numbered((index, part): (usize, Tf<PartModel>)) -> Tf<PartModel> {
    match part {
        Tf::Known(part) => Tf::Known(PartModel {
            serial: Tf::Known(format!("s-{index}")),
            ..part
        }),
        other => other,
    }
}

/// A widget as the workshop tells of it, which knows nothing of what Terraform has stored.
fn as_told(widget: WidgetModel) -> WidgetModel {
    let without_depth = |packing: &BoxModel| BoxModel {
        depth: Tf::Null,
        ..packing.clone()
    };
    WidgetModel {
        labels: with_platform_label(widget.labels),
        finish: Tf::Null,
        packing: widget.packing.known().map(without_depth).into(),
        ..widget
    }
}

fn with_platform_label(labels: Tf<Map<String>>) -> Tf<Map<String>> {
    let Map(mut all) = labels.known().cloned().unwrap_or_default();
    all.insert(PLATFORM_LABEL.to_owned(), Tf::Known("the workshop".to_owned()));
    Tf::Known(Map(all))
}
