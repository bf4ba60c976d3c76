//! The gRPC service: each call goes to its file in `rpc`, in a task of its own.

use std::{future::Future, sync::Arc};

use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, service::Routes};

use super::{rpc::Answer, shared::Shared, task};
use crate::{
    tf::Provider,
    wire::proto::{self, provider_server::ProviderServer},
};

/// Terraform's plugin framework allows as much; the default of 4 MiB is less than a large attribute.
const LARGEST_MESSAGE: usize = 256 << 20;

/// A provider as a gRPC service.
pub struct Server<P: Provider>(Arc<Shared<P>>);

/// The service with its limits, ready to be served.
///
/// `abandoned` is cancelled when nobody can receive an answer any more.
pub fn routes<P: Provider>(provider: P, abandoned: CancellationToken) -> Routes {
    let server = ProviderServer::new(Server::new(provider, abandoned))
        .max_decoding_message_size(LARGEST_MESSAGE)
        .max_encoding_message_size(usize::MAX);
    Routes::new(server)
}

impl<P: Provider> Server<P> {
    pub fn new(provider: P, abandoned: CancellationToken) -> Self {
        Self(Arc::new(Shared::new(provider, abandoned)))
    }

    async fn answer<Q, A, F>(&self, request: Request<Q>, call: impl FnOnce(Arc<Shared<P>>, Q) -> F) -> Reply<A>
    where
        A: Answer,
        F: Future<Output = A> + Send + 'static,
    {
        let work = call(Arc::clone(&self.0), request.into_inner());
        Ok(Response::new(task::run(work).await.unwrap_or_else(A::of)))
    }
}

type Reply<A> = Result<Response<A>, Status>;

/// One line for each RPC: its name, and its module in the protocol.
macro_rules! calls {
    ($($rpc:ident: $module:ident),* $(,)?) => {
        #[tonic::async_trait]
        impl<P: Provider> proto::provider_server::Provider for Server<P> {
            $(
                async fn $rpc(
                    &self,
                    request: Request<proto::$module::Request>,
                ) -> Reply<proto::$module::Response> {
                    self.answer(request, |shared, request| async move { shared.$rpc(request).await }).await
                }
            )*
        }
    };
}

calls! {
    get_metadata: get_metadata,
    get_provider_schema: get_provider_schema,
    validate_provider_config: validate_provider_config,
    validate_resource_config: validate_resource_config,
    validate_data_resource_config: validate_data_resource_config,
    configure_provider: configure_provider,
    upgrade_resource_state: upgrade_resource_state,
    read_resource: read_resource,
    plan_resource_change: plan_resource_change,
    apply_resource_change: apply_resource_change,
    import_resource_state: import_resource_state,
    move_resource_state: move_resource_state,
    read_data_source: read_data_source,
    get_functions: get_functions,
    call_function: call_function,
    stop_provider: stop_provider,
}
