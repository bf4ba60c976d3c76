//! The messages about the life of any object.

use std::fmt::Display;

crate::messages! {
    /// When the text after `terraform import ADDRESS` has no id.
    pub fn wrong_import_id(summary: &str, text: &str, reason: &str) {
        "{summary}",
        "The import id is {text:?}. Use `<id>` or `<cloud>/<id>`; {reason}."
    }

    /// When an attribute has an id that its cloud cannot have.
    pub fn not_an_id(summary: &str, attribute: &str, id: &str, reason: &str, noun: &str) {
        "{summary}",
        "`{attribute}` is {id:?}, but {reason}. Use the cloud's id of the {noun} alone."
    }

    /// In `not_an_id` and `wrong_import_id`.
    pub fn id_form(article: &str, noun: &str, title: &str, form: &str) {
        "an id of {article} {noun} at {title} {form}"
    }

    /// When a refresh finds that an object is gone.
    pub fn gone(title: &str, noun: &str, id: impl Display, name: &str, lived: &str) {
        "The {noun} {id} is gone",
        "{title} does not know the {noun} {id}{name} any more, so it is dropped from the state.{lived} If nobody has \
         deleted it, look at the key first: with one of another account, whatever belongs to this one reads the same \
         way, and an apply would make it once more."
    }

    /// In `gone`.
    pub fn lived_since(since: &str) { " It had lived since {since}." }

    /// When a state has no id, or none that can be one.
    pub fn no_id_in_state(noun: &str, invalid: impl Display) {
        "The {noun} has no id",
        "The state has no usable id of the {noun}: {invalid}. It was changed by hand or by another program. Restore a \
         copy of it, or take the {noun} out with `terraform state rm ADDRESS` and take it over again with `terraform \
         import ADDRESS ID`: nothing is deleted by that."
    }

    /// Summary of `refused`, of one object.
    pub fn cannot_be_read(noun: &str) { "The {noun} cannot be read" }

    /// Summary of `refused`, of a list.
    pub fn cannot_be_listed(noun: &str) { "The {noun}s cannot be read" }

    /// When a data source has neither `id` nor `name`.
    pub fn nothing_asked_for(noun: &str) {
        "No {noun} is asked for",
        "Neither `id` nor `name` is set. Set one of them."
    }

    /// When a data source has both.
    pub fn asked_for_twice(article: &str, noun: &str) {
        "{article} {noun} is asked for twice",
        "`name` is set, and so is `id`. Remove one of them: the id says enough."
    }

    /// When a cloud knows no object of this id.
    pub fn not_found(noun: &str, attribute: &str, id: impl Display, title: &str, name: &str, listed_by: &str) {
        "There is no such {noun}",
        "`{attribute}` is \"{id}\", and {title} has no such {noun}: it is gone, or belongs to another cloud or key. Use \
         the id of a {noun} of `{name}` that exists; {listed_by} lists them."
    }

    /// When there is nothing to import.
    pub fn nothing_to_import(noun: &str, name: &str, id: impl Display, title: &str, listed_by: &str) {
        "There is no such {noun} to import",
        "The import id is `{name}/{id}`, and {title} has no such {noun}: it is gone, or belongs to another cloud or key. \
         Use the id of a {noun} that exists; {listed_by} lists them. Nothing was imported."
    }

    /// When a cloud has no object of this name.
    pub fn no_such_name(noun: &str, name: &str, title: &str, listed_by: &str) {
        "There is no such {noun}",
        "`name` is {name:?}, and {title} has no {noun} of that name. Use the name of one that exists; {listed_by} lists \
         them."
    }

    /// When a cloud has several objects of this name.
    pub fn several_of_name(noun: &str, name: &str, title: &str, count: usize, ids: &str) {
        "Several {noun}s have the name",
        "`name` is {name:?}, and {title} has {count} {noun}s of that name. Use `id` instead, with {ids}."
    }

    /// When a plan makes an object whose name another one has already. The id is in the summary, for of several warnings
    /// with one summary Terraform shows the first.
    pub fn same_name(
        capital: &str,
        noun: &str,
        id: &str,
        name: &str,
        article: &str,
        title: &str,
        status: &str,
        cloud: &str,
        cost: &str,
    ) {
        "{capital} {noun} of this name exists already: {id}",
        "`name` is {name:?}, and {article} {noun} of that name exists on {title} already: {id}{status}. Where Terraform \
         looks at a part of its state only, as with `-target` and `-refresh=false`, it may be one that this \
         configuration manages: `terraform state list -id={id}` tells. If it is in no state, an interrupted run may have \
         left it: take it over with `terraform import ADDRESS {cloud}/{id}`, or delete it{cost}. Otherwise the plan goes \
         ahead and makes another one."
    }

    /// In `same_name`, of what costs money as long as it is there.
    pub fn costs_money() { ": it may be costing money" }

    /// When the objects that might have the name of a new one cannot be listed.
    pub fn name_not_checked(noun: &str, error: &str, article: &str) {
        "The cloud's {noun}s could not be listed",
        "{error}. It was not checked whether {article} {noun} of this name exists already."
    }

    /// When Ctrl-C comes before a create was sent.
    pub fn create_interrupted(noun: &str) {
        "Interrupted",
        "The run was interrupted before the {noun} was ordered. Nothing was made. Apply again."
    }

    /// Summary of `refused`, of a create.
    pub fn not_created(noun: &str) { "The {noun} was not made" }

    /// When the answer to a create was lost, and the object was found.
    pub fn adopted(noun: &str, lost: &str, id: impl Display, name: &str, proof: &str) {
        "The cloud's answer was lost, and the {noun} was found",
        "{lost}\n\nThe {noun} {id} with the name {name:?} {proof}: it is the one that was ordered, and the run goes on \
         with it."
    }

    /// In `adopted`, of an object with the mark of this run.
    pub fn proof_mark() { "carries the mark of this order" }

    /// In `adopted`, of the only object that can be meant.
    pub fn proof_equal() { "equals what was asked for, is not older than the request, and is the only one" }

    /// When the answer to a create was lost, and nothing of the name is there.
    pub fn none_appeared(noun: &str, lost: &str) {
        "The {noun} was not made",
        "{lost}\n\nNo {noun} of this name has appeared since, so most likely none was made, and the order was not \
         repeated. Apply again; if one turns up later, import it or delete it."
    }

    /// When the answer to a create was lost, and whatever has the name is older.
    pub fn only_older(noun: &str, lost: &str, name: &str, shown: &str) {
        "The {noun} was not made",
        "{lost}\n\nNo {noun} of the name {name:?} has appeared since, so most likely none was made, and the order was \
         not repeated. What has the name is older, and is left alone:\n\n{shown}\n\nApply again; if one turns up later, \
         import it or delete it."
    }

    /// When the answer to a create was lost, and it is not certain which object is the new one.
    pub fn unproven(noun: &str, lost: &str, article: &str, name: &str, shown: &str) {
        "The {noun} may have been made",
        "{lost}\n\n{article} {noun} with the name {name:?} may have been made, and nothing is proven to be it. The order \
         was not repeated. What has the name is left alone:\n\n{shown}\n\nLook at them in the cloud's console; import the \
         one that is yours, or delete it."
    }

    /// When the answer to a create was lost, and the list cannot be read either.
    pub fn cannot_tell(noun: &str, lost: &str, article: &str, name: &str, reason: &str, cloud: &str) {
        "The {noun} may have been made",
        "{lost}\n\n{article} {noun} with the name {name:?} may have been made, and the cloud's list could not be read to \
         find it: {reason}. Look for it in the cloud's console; import it with `terraform import ADDRESS {cloud}/ID`, or \
         delete it."
    }

    /// In `only_older` and `unproven`, of each object that has the name.
    pub fn candidate(cloud: &str, id: impl Display, created: &str, reason: &str) {
        "{cloud}/{id}{created}: {reason}. To take it over: `terraform import ADDRESS {cloud}/{id}`."
    }

    /// In `candidate`.
    pub fn created_at(moment: &str) { ", created at {moment}" }

    /// In `candidate`, of several that fit.
    pub fn one_of_several(count: usize) { "it is one of {count} that fit" }

    /// Summary of `refused`, while waiting.
    pub fn waiting_refused(noun: &str) { "Waiting for the {noun} was refused" }

    /// When an object fails instead of reaching the goal.
    pub fn did_not_become(
        noun: &str,
        goal: &str,
        id: impl Display,
        status: &str,
        cloud_status: &str,
        reason: &str,
        outlook: &str,
    ) {
        "The {noun} did not become {goal}",
        "The {noun} {id} is `{status}` ({cloud_status}). {reason} It is kept in the state: {outlook}."
    }

    /// In `did_not_become`.
    pub fn clouds_reason(reason: &str) { "The cloud's reason: {reason}." }

    /// In `did_not_become`.
    pub fn no_reason() { "The cloud gives no reason; its console may." }

    /// When an object that is waited for is gone.
    pub fn vanished(noun: &str, id: impl Display) {
        "The {noun} vanished",
        "The {noun} {id} was there and is gone: something else removed it in the meantime. The next plan finds out and \
         makes a new one."
    }

    /// When Ctrl-C ends a wait.
    pub fn wait_interrupted(noun: &str, id: impl Display, last: &str) {
        "Interrupted",
        "The run was interrupted while it waited for the {noun} {id}. {last} The {noun} is kept in the state; a plan \
         shows what is left to do."
    }

    /// When a wait takes longer than `timeouts` allows.
    pub fn out_of_time(noun: &str, id: impl Display, goal: &str, allowed: &str, last: &str) {
        "The {noun} took too long",
        "The {noun} {id} was not {goal} {allowed}. {last} It is kept in the state. Look at it in the cloud's console, or \
         allow more time, and apply again."
    }

    /// In messages about a wait.
    pub fn last_status(status: &str, cloud_status: &str) { "Its last status was `{status}` ({cloud_status})" }

    /// In messages about a wait.
    pub fn not_found_yet() { "The cloud has told its id and not found it since" }

    /// In messages about a wait.
    pub fn never_read() { "Its status was never read" }

    /// In messages about a wait.
    pub fn last_was_error(status: &str, error: &str) { "{status}, and the last answer was an error: {error}." }

    /// Summary of `refused`, of a delete.
    pub fn cannot_be_deleted(noun: &str) { "The {noun} cannot be deleted" }

    /// When Ctrl-C comes before a delete was accepted.
    pub fn delete_interrupted(noun: &str, id: impl Display) {
        "Interrupted",
        "The run was interrupted before the {noun} {id} was deleted. It is kept in the state: destroy again."
    }

    /// When a cloud does not find what it lists.
    pub fn not_found_and_listed(noun: &str, said: &str, id: impl Display) {
        "The {noun} cannot be deleted",
        "{said}\n\nThe cloud lists the {noun} {id} all the same. It is kept in the state: destroy again."
    }

    /// When something still uses the object at the deadline.
    pub fn still_in_use(noun: &str, id: impl Display, allowed: &str, said: &str, users: &str) {
        "The {noun} cannot be deleted",
        "The {noun} {id} could still not be deleted {allowed}. {said}\n\n{users} It is kept in the state: destroy again \
         when nothing uses it any more."
    }
}
