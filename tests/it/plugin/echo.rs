//! A provider of a few functions, enough to have something to call.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

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
    /// Whether work was told to stop.
    was_stopped: Arc<AtomicBool>,
}

pub fn services(lifetime: Lifetime) -> Routes {
    let echo = Echo {
        lifetime,
        was_stopped: Arc::default(),
    };
    Routes::new(ProviderServer::new(echo).max_decoding_message_size(MESSAGE_LIMIT))
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
            "work_until_the_end" => Some(self.work_until_the_end(Duration::ZERO).await),
            "work_long_after_the_end" => Some(self.work_until_the_end(Duration::from_secs(3600)).await),
            "work_until_stopped" => Some(self.work_until_stopped().await),
            "how_it_stands" => Some(self.how_it_stands()),
            _ => std::future::pending().await,
        };
        Ok(Response::new(call_function::Response { result, error: None }))
    }
}

impl Echo {
    /// And for some time after it.
    async fn work_until_the_end(&self, longer: Duration) -> DynamicValue {
        let ending = self.lifetime.ending.clone();
        let work = self.lifetime.work.spawn(async move {
            ending.cancelled().await;
            tokio::time::sleep(longer).await;
            json("\"ended well\"")
        });
        work.await.unwrap()
    }

    async fn work_until_stopped(&self) -> DynamicValue {
        let stop = self.lifetime.stop.borrow().clone();
        let was_stopped = Arc::clone(&self.was_stopped);
        let work = self.lifetime.work.spawn(async move {
            stop.cancelled().await;
            was_stopped.store(true, Ordering::Relaxed);
            json("\"stopped\"")
        });
        work.await.unwrap()
    }

    /// Whether earlier work was stopped, and whether that would happen to new work.
    fn how_it_stands(&self) -> DynamicValue {
        let was_stopped = self.was_stopped.load(Ordering::Relaxed);
        let stops = self.lifetime.stop.borrow().is_cancelled();
        json(&format!("[{was_stopped}, {stops}]"))
    }
}

fn json(text: &str) -> DynamicValue {
    DynamicValue {
        json: text.to_owned().into(),
        ..DynamicValue::default()
    }
}
