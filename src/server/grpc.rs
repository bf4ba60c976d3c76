//! The RPCs as one gRPC service whose messages are bytes: with a type for each, every RPC would bring a copy of all
//! that carries it, and Terraform reads the executable anew for each command.

use std::{
    convert::Infallible,
    future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::{Buf, BufMut, Bytes};
use tonic::{
    Request, Response, Status,
    body::Body,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::{BoxFuture, Service, http},
    server::{Grpc, NamedService, UnaryService},
};

use super::{rpc::ErrorResponse, service, shared::Shared, task};
use crate::{
    tf::{Diagnostics, Provider},
    wire::{self, Message, proto::provider_server::SERVICE_NAME},
};

/// Terraform's plugin framework allows as much; the default of 4 MiB is less than a large attribute.
const LARGEST_MESSAGE: usize = 256 << 20;

/// All RPCs of a provider.
pub(super) struct Rpcs<P: Provider>(pub Arc<Shared<P>>);

/// Takes a request apart and says what is to be done for it.
pub(super) type Begin<P> = fn(Arc<Shared<P>>, Bytes) -> Result<Work, Status>;

/// What an RPC does for one request.
pub(super) struct Work {
    answer: Pin<Box<dyn Future<Output = Bytes> + Send>>,
    /// The answer, in the RPC's own type, if the work comes to nothing.
    answer_of: fn(Diagnostics) -> Bytes,
}

impl Work {
    pub(super) fn new<Q, A, F>(request: Bytes, call: impl FnOnce(Q) -> F) -> Result<Self, Status>
    where
        Q: Message + Default,
        A: ErrorResponse + Message,
        F: Future<Output = A> + Send + 'static,
    {
        let request = wire::message_from_bytes(request).map_err(|error| Status::internal(error.to_string()))?;
        let work = call(request);
        Ok(Self {
            answer: Box::pin(async { wire::message_to_bytes(&work.await) }),
            answer_of: |diagnostics| wire::message_to_bytes(&A::from_diagnostics(diagnostics)),
        })
    }
}

impl<P: Provider> Clone for Rpcs<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: Provider> NamedService for Rpcs<P> {
    const NAME: &'static str = SERVICE_NAME;
}

impl<P: Provider> Service<http::Request<Body>> for Rpcs<P> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Self::Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let Some(begin) = rpc_of(request.uri().path()).and_then(service::find) else {
            return Box::pin(future::ready(Ok(Status::unimplemented("").into_http())));
        };
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            let mut grpc = Grpc::new(Plain)
                .max_decoding_message_size(LARGEST_MESSAGE)
                .max_encoding_message_size(usize::MAX);
            Ok(grpc.unary(Rpc { shared, begin }, request).await)
        })
    }
}

/// The name of the RPC that a path is about, if it is one of this service.
fn rpc_of(path: &str) -> Option<&str> {
    path.strip_prefix('/')?.strip_prefix(SERVICE_NAME)?.strip_prefix('/')
}

struct Rpc<P: Provider> {
    shared: Arc<Shared<P>>,
    begin: Begin<P>,
}

impl<P: Provider> UnaryService<Bytes> for Rpc<P> {
    type Response = Bytes;
    type Future = BoxFuture<Response<Bytes>, Status>;

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let shared = Arc::clone(&self.shared);
        let work = (self.begin)(Arc::clone(&shared), request.into_inner());
        Box::pin(async move {
            let Work { answer, answer_of } = work?;
            let answer = task::run(&shared.tasks, answer).await.unwrap_or_else(answer_of);
            Ok(Response::new(answer))
        })
    }
}

/// Messages as the bytes that they are.
#[derive(Clone, Copy)]
struct Plain;

impl Codec for Plain {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Plain {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, message: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(message);
        Ok(())
    }
}

impl Decoder for Plain {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}
