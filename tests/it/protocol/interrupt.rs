//! StopProvider and connections that break: neither loses what a handler has done.
//!
//! The clock is paused, so that what never comes is an error at once.

use std::{future::Future, time::Duration};

use gpupod::tf::Value;
use tokio::task::JoinHandle;

use super::{
    core::{Core, Instance, Outcome, Planned},
    toy::Script,
    values::{object, widget},
};

/// What is to come without anything else being done.
async fn soon<T>(awaited: impl Future<Output = T>) -> T {
    let patience = Duration::from_secs(60);
    tokio::time::timeout(patience, awaited)
        .await
        .expect("it comes without a wait")
}

async fn plan(core: &Core) -> Planned {
    core.plan(&Instance::none(), &widget([("name", "a".into())])).await
}

/// Begins to make a widget, up to where its script waits.
async fn begin(core: &Core, script: Script) -> JoinHandle<Outcome> {
    core.workshop.set_script(script);
    let planned = plan(core).await;
    let caller = core.clone();
    let call = tokio::spawn(async move { caller.apply(&planned).await });
    soon(core.workshop.waiting()).await;
    call
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_call_answers_with_what_was_saved() {
    let core = Core::of_widgets().await;
    let call = begin(&core, Script::WaitForStop).await;
    soon(core.stop()).await;
    let outcome = soon(call).await.expect("the call comes to its end");
    outcome.said.assert_is(&["error: Interrupted"]);
    assert_eq!(outcome.instance.state.get("id"), &Value::from("w-1"));
}

#[tokio::test(start_paused = true)]
async fn a_stop_does_not_wait_for_what_is_running() {
    let core = Core::of_widgets().await;
    let call = begin(&core, Script::WaitForGo).await;
    soon(core.stop()).await;
    assert!(!call.is_finished());
    core.workshop.let_go();
    let outcome = soon(call).await.expect("the call comes to its end");
    outcome.said.assert_is(&["error: Interrupted"]);
}

#[tokio::test(start_paused = true)]
async fn every_call_that_is_running_is_interrupted() {
    let core = Core::of_widgets().await;
    let calls = [
        begin(&core, Script::WaitForStop).await,
        begin(&core, Script::WaitForStop).await,
    ];
    soon(core.stop()).await;
    for call in calls {
        let outcome = soon(call).await.expect("the call comes to its end");
        outcome.said.assert_is(&["error: Interrupted"]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_after_a_stop_is_not_born_interrupted() {
    let core = Core::of_widgets().await;
    soon(core.stop()).await;
    let created = core.create(&widget([("name", "a".into())])).await;
    assert_eq!(created.state.get("id"), &Value::from("w-1"));
}

#[tokio::test(start_paused = true)]
async fn a_second_stop_interrupts_what_began_after_the_first() {
    let core = Core::of_widgets().await;
    soon(core.stop()).await;
    let call = begin(&core, Script::WaitForStop).await;
    soon(core.stop()).await;
    let outcome = soon(call).await.expect("the call comes to its end");
    outcome.said.assert_is(&["error: Interrupted"]);
}

#[tokio::test(start_paused = true)]
async fn work_goes_on_when_the_caller_has_gone() {
    let core = Core::of_widgets().await;
    let call = begin(&core, Script::WaitForGo).await;
    call.abort();
    assert!(call.await.is_err_and(|gone| gone.is_cancelled()));
    core.workshop.let_go();
    soon(core.workshop.finished()).await;
}

#[tokio::test(start_paused = true)]
async fn when_nobody_can_receive_an_answer_work_is_interrupted_for_good() {
    let core = Core::of_widgets().await;
    soon(core.stop()).await;
    let call = begin(&core, Script::WaitForStop).await;
    core.abandoned.cancel();
    let outcome = soon(call).await.expect("the call comes to its end");
    outcome.said.assert_is(&["error: Interrupted"]);
    let late = core.apply(&plan(&core).await).await;
    late.said.assert_is(&["error: Interrupted"]);
}

/// Terraform 1.16 loses its state when several such answers come at once.
#[tokio::test(start_paused = true)]
async fn creates_that_fail_in_the_same_moment_reach_terraform_1_16_one_after_the_other() {
    for (version, expected) in [("1.11.4", 0), ("1.15.9", 0), ("1.16.0", 200), ("1.16.1-beta1", 200)] {
        let core = Core::of_widgets().await;
        core.configure_as(version, object([("zone", "east".into())]))
            .await
            .assert_silence();
        let mut calls = Vec::new();
        for _ in 0..3 {
            calls.push(begin(&core, Script::WaitForStop).await);
        }
        let start = tokio::time::Instant::now();
        soon(core.stop()).await;
        for call in calls {
            let outcome = soon(call).await.expect("the call comes to its end");
            outcome.said.assert_is(&["error: Interrupted"]);
            assert_ne!(outcome.instance.state, Value::Null);
        }
        assert_eq!(start.elapsed().as_millis(), expected, "{version}");
    }
}
