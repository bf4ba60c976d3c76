//! The list of calls: each goes to its file in `rpc`, in a task of its own.

use std::{future::Future, sync::Arc};

use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::{Request, Response, Status, service::Routes};

use super::{
    grpc::{Begin, Rpcs, Work},
    rpc::ErrorResponse,
    shared::Shared,
    task,
};
use crate::{tf::Provider, wire::proto};

/// A provider's RPCs as functions, for callers in the same process.
pub struct Server<P: Provider>(Arc<Shared<P>>);

/// A provider's RPCs as a gRPC service, ready to be served.
///
/// `client` has the token of the client that is connected, which is cancelled when it is gone or the process is about to
/// end. The process then waits a while for `tasks`.
pub fn routes<P: Provider>(provider: P, client: watch::Receiver<CancellationToken>, tasks: TaskTracker) -> Routes {
    Routes::new(Rpcs(Arc::new(Shared::new(provider, client, tasks))))
}

impl<P: Provider> Server<P> {
    /// All work is stopped for good when `gone` is cancelled.
    pub fn new(provider: P, gone: CancellationToken, tasks: TaskTracker) -> Self {
        let (_, client) = watch::channel(gone);
        Self(Arc::new(Shared::new(provider, client, tasks)))
    }

    async fn answer<Q, A, F>(&self, request: Request<Q>, call: impl FnOnce(Arc<Shared<P>>, Q) -> F) -> Reply<A>
    where
        A: ErrorResponse,
        F: Future<Output = A> + Send + 'static,
    {
        let work = call(Arc::clone(&self.0), request.into_inner());
        Ok(Response::new(
            task::run(&self.0.tasks, work).await.unwrap_or_else(A::from_diagnostics),
        ))
    }
}

type Reply<A> = Result<Response<A>, Status>;

/// One line for each RPC: its name in the protocol, and its function, which is also the name of its messages' module.
macro_rules! calls {
    ($($name:literal: $rpc:ident),* $(,)?) => {
        /// What serves the RPC of this name.
        pub(super) fn find<P: Provider>(name: &str) -> Option<Begin<P>> {
            match name {
                $($name => Some(|shared, request| {
                    Work::new(request, |request| async move { shared.$rpc(request).await })
                }),)*
                _ => None,
            }
        }

        // The compiler holds each function to the types that the protocol has for it.
        #[tonic::async_trait]
        impl<P: Provider> proto::provider_server::Provider for Server<P> {
            $(
                async fn $rpc(&self, request: Request<proto::$rpc::Request>) -> Reply<proto::$rpc::Response> {
                    self.answer(request, |shared, request| async move { shared.$rpc(request).await }).await
                }
            )*
        }
    };
}

calls! {
    "GetMetadata": get_metadata,
    "GetProviderSchema": get_provider_schema,
    "ValidateProviderConfig": validate_provider_config,
    "ValidateResourceConfig": validate_resource_config,
    "ValidateDataResourceConfig": validate_data_resource_config,
    "ConfigureProvider": configure_provider,
    "UpgradeResourceState": upgrade_resource_state,
    "ReadResource": read_resource,
    "PlanResourceChange": plan_resource_change,
    "ApplyResourceChange": apply_resource_change,
    "ImportResourceState": import_resource_state,
    "MoveResourceState": move_resource_state,
    "ReadDataSource": read_data_source,
    "GetFunctions": get_functions,
    "CallFunction": call_function,
    "StopProvider": stop_provider,
}
