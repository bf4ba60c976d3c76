//! The widget's attributes: one for each thing that a schema can say.

use gpupod::tf::{
    List, Map, Model, Number, Set, Value, computed, optional, optional_computed, required,
    validators::{not_empty, one_of, whole},
};

/// The label that the workshop itself puts on every widget.
pub const PLATFORM_LABEL: &str = "made_by";

gpupod::model! {
    /// A part of a widget.
    pub struct PartModel {
        /// Which part.
        kind: String = required(),
        /// Its size.
        size: Number = optional().validator(whole(1, 9)),
        /// Its finish.
        finish: String = optional_computed().default("raw"),
        /// Its serial number.
        serial: String = computed(),
        /// Its pin.
        pin_wo: String = optional().write_only(),
    }
}

gpupod::model! {
    /// What a widget is packed in.
    pub struct BoxModel {
        /// Its color.
        color: String = optional(),
        /// Its size.
        size: String = optional().requires_replace(),
        /// Its depth, which the workshop tells nobody.
        depth: Number = optional().requires_replace(),
    }
}

gpupod::model! {
    /// A widget.
    pub struct WidgetModel {
        /// Its name.
        name: String = required().requires_replace(),
        /// A remark.
        note: String = optional(),
        /// Its id.
        id: String = computed().use_state_for_unknown(),
        /// How often it was changed.
        revision: Number = computed(),
        /// Whether it runs.
        mode: String = optional_computed().default("on").validator(one_of(&["on", "off"])),
        /// Where it is made.
        zone: String = optional_computed().requires_replace(),
        /// Its weight.
        weight: Number = optional(),
        /// Its finish, which the workshop tells nobody.
        finish: String = optional().requires_replace(),
        /// Labels.
        labels: Map<String> = optional().requires_replace().may_hold_more_after_import()
            .validator(not_empty("Leave it out.").for_each()),
        /// Tags.
        tags: Set<String> = optional(),
        /// Parts.
        parts: List<PartModel> = optional(),
        /// Box.
        packing: BoxModel = optional(),
        /// A secret.
        token_wo: String = optional().sensitive().write_only(),
    }
}

impl WidgetModel {
    /// A widget of which only the id is known.
    pub fn stub(id: &str) -> Self {
        let stub = Value::map([("id", id.into())]);
        Self::from_object(&stub).expect("an id is a string")
    }
}
