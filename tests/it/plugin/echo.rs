//! A provider of three functions, enough to have something to call.

use gpupod::{
    plugin::Lifetime,
    wire::proto::{
        DynamicValue, call_function,
        provider_server::{Provider, ProviderServer},
    },
};
use tonic::{Request, Response, Status, service::Routes};

const MESSAGE_LIMIT: usize = 256 << 20;

struct Echo {
    lifetime: Lifetime,
}

pub fn services(lifetime: Lifetime) -> Routes {
    Routes::new(ProviderServer::new(Echo { lifetime }).max_decoding_message_size(MESSAGE_LIMIT))
}

#[tonic::async_trait]
impl Provider for Echo {
    async fn call_function(
        &self,
        request: Request<call_function::Request>,
    ) -> Result<Response<call_function::Response>, Status> {
        let call_function::Request { name, arguments } = request.into_inner();
        let result = match name.as_str() {
            "echo" => arguments.into_iter().next(),
            "work_until_the_end" => Some(self.work_until_the_end().await),
            _ => std::future::pending().await,
        };
        Ok(Response::new(call_function::Response { result, error: None }))
    }
}

impl Echo {
    async fn work_until_the_end(&self) -> DynamicValue {
        let ending = self.lifetime.ending.clone();
        let work = self.lifetime.work.spawn(async move {
            ending.cancelled().await;
            DynamicValue {
                json: "\"ended well\"".into(),
                ..DynamicValue::default()
            }
        });
        work.await.unwrap()
    }
}
