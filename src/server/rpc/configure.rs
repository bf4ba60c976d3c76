//! ConfigureProvider: the provider block becomes a session.

use super::{ErrorResponse, decode};
use crate::{
    server::shared::Shared,
    tf::{Diagnostics, Model, Provider},
    wire::proto::configure_provider::{Request, Response},
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn configure_provider(&self, request: Request) -> Response {
        ErrorResponse::from_diagnostics(self.configure(&request).unwrap_or_else(|errors| errors))
    }

    fn configure(&self, request: &Request) -> Result<Diagnostics, Diagnostics> {
        let config = decode(request.config.as_ref(), self.catalogue.config())?;
        let config = P::Config::from_object(&config).map_err(Diagnostics::of_bug)?;
        self.spacing.set_version(&request.terraform_version);
        let mut diagnostics = Diagnostics::new();
        let session = self
            .catalogue
            .provider
            .configure(config, &request.terraform_version, &mut diagnostics);
        self.set_session(session);
        Ok(diagnostics)
    }
}
