//! GetFunctions and CallFunction: functions of a provider that nobody has configured.

use gpupod::{
    tf::Value,
    wire::proto::{DynamicValue, FunctionError, provider_server::Provider as _},
};
use tonic::Request;

use super::core::{Core, answer};

async fn call(name: &str, arguments: &[Value]) -> Result<Value, FunctionError> {
    Core::unconfigured().call(name, arguments).await
}

#[track_caller]
fn assert_fails(outcome: Result<Value, FunctionError>, text: &str, argument: Option<i64>) {
    let error = FunctionError {
        text: text.to_owned(),
        function_argument: argument,
    };
    assert_eq!(outcome, Err(error));
}

#[tokio::test]
async fn a_function_gives_its_result() {
    assert_eq!(call("shout", &["fore".into()]).await, Ok("FORE".into()));
    assert_eq!(call("repeat", &["ab".into(), 2.into()]).await, Ok("abab".into()));
}

#[tokio::test]
async fn a_functions_error_names_its_argument() {
    let outcome = call("repeat", &["ab".into(), Value::from(-1)]).await;
    assert_fails(outcome, "`times` is no whole number from 0. Use one.", Some(1));
}

#[tokio::test]
async fn there_is_one_argument_for_each_parameter() {
    let outcome = call("repeat", &["ab".into()]).await;
    assert_fails(outcome, "The function takes 2 arguments, not 1.", None);
}

#[tokio::test]
async fn a_null_argument_is_refused_by_its_index() {
    let outcome = call("repeat", &["ab".into(), Value::Null]).await;
    assert_fails(outcome, "`times` has no value. Give it one.", Some(1));
}

#[tokio::test]
async fn an_argument_without_any_bytes_is_null() {
    let outcome = Core::unconfigured()
        .call_encoded("shout", vec![DynamicValue::default()])
        .await;
    assert_fails(outcome, "`text` has no value. Give it one.", Some(0));
}

#[tokio::test]
async fn a_function_that_does_not_exist_is_refused() {
    let outcome = call("whisper", &["a".into()]).await;
    assert_fails(outcome, "This version of the provider has no function `whisper`.", None);
}

#[tokio::test]
async fn the_list_of_functions_is_that_of_the_schema() {
    let core = Core::unconfigured();
    let listed = answer(core.server.get_functions(Request::new(Default::default()))).await;
    let schema = answer(core.server.get_provider_schema(Request::new(Default::default()))).await;
    assert_eq!(listed.functions, schema.functions);
    assert_eq!(listed.functions["repeat"].parameters.len(), 2);
}
