//! go-plugin's own services, which stand beside those of the plugin.

use futures_util::{StreamExt, stream};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, Streaming, codegen::BoxStream, service::Routes};

use super::proto::{
    ConnInfo, Empty, StdioData,
    grpc_broker_server::{GrpcBroker, GrpcBrokerServer},
    grpc_controller_server::{GrpcController, GrpcControllerServer},
    grpc_stdio_server::{GrpcStdio, GrpcStdioServer},
    health::{
        HealthCheckRequest, HealthCheckResponse,
        health_check_response::ServingStatus,
        health_server::{Health, HealthServer},
    },
};

/// The name under which go-plugin asks for our health.
const SERVICE: &str = "plugin";

/// Adds the controller, which cancels `closing` on Shutdown, and the services that end with it.
pub(super) fn add(routes: Routes, closing: &CancellationToken) -> Routes {
    routes
        .add_service(GrpcControllerServer::new(Controller {
            closing: closing.clone(),
        }))
        .add_service(GrpcStdioServer::new(Stdio {
            closing: closing.clone(),
        }))
        .add_service(GrpcBrokerServer::new(Broker {
            closing: closing.clone(),
        }))
        .add_service(HealthServer::new(Serving))
}

struct Controller {
    closing: CancellationToken,
}

#[tonic::async_trait]
impl GrpcController for Controller {
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.closing.cancel();
        Ok(Response::new(Empty {}))
    }
}

/// Says nothing: clients show what comes this way as "unexpected data". The log goes to stderr.
struct Stdio {
    closing: CancellationToken,
}

#[tonic::async_trait]
impl GrpcStdio for Stdio {
    async fn stream_stdio(&self, _: Request<()>) -> Result<Response<BoxStream<StdioData>>, Status> {
        Ok(Response::new(silence(&self.closing)))
    }
}

/// Brokers nothing: neither side of this protocol opens further connections.
struct Broker {
    closing: CancellationToken,
}

#[tonic::async_trait]
impl GrpcBroker for Broker {
    async fn start_stream(&self, _: Request<Streaming<ConnInfo>>) -> Result<Response<BoxStream<ConnInfo>>, Status> {
        Ok(Response::new(silence(&self.closing)))
    }
}

struct Serving;

#[tonic::async_trait]
impl Health for Serving {
    async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        match request.into_inner().service.as_str() {
            "" | SERVICE => Ok(Response::new(HealthCheckResponse {
                status: ServingStatus::Serving.into(),
            })),
            _ => Err(Status::not_found("unknown service")),
        }
    }
}

/// A stream that stays open without a word, because a client takes its end for ours.
fn silence<T: Send + 'static>(closing: &CancellationToken) -> BoxStream<T> {
    Box::pin(stream::pending().take_until(closing.clone().cancelled_owned()))
}
