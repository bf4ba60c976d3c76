//! The life of a plugin: settle where to listen, tell the client, serve, and end when it is time.

use std::{
    io::{self, Write},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use tokio::{runtime, time};
use tokio_util::sync::CancellationToken;
use tonic::{service::Routes, transport::Server};

use super::{
    Definition, Error, Lifetime, Mode,
    connections::Connections,
    debug,
    handshake::{self, Settings},
    lifetime::{self, Reason},
    listen::Listener,
    services, signals,
    tls::Identity,
};

/// How long a connection may take to close, once there is nothing left to do.
const LAST_WORDS: Duration = Duration::from_millis(250);

/// Serves until the client sends Shutdown or goes away or, in debug mode, until Ctrl-C.
///
/// Blocks, and owns the process: its runtime, its signals, stdout. `services` is called once the client knows
/// where to connect, so it does not hold up the start.
#[expect(clippy::disallowed_methods, reason = "the handshake is written to standard output")]
pub fn serve(definition: &Definition, mode: Mode, services: impl FnOnce(Lifetime) -> Routes) -> Result<(), Error> {
    let failed = |source| Error::Process { source };
    // Ends here, without signals, if a person started us.
    let settings = Settings::from_environment(definition, mode, &handshake::process_environment)?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let served = runtime.block_on(async {
        let terminated = signals::take_over(mode).map_err(failed)?;
        serve_on(definition, mode, settings, io::stdout(), terminated, services).await
    });
    // Does not wait for what blocks, such as the lookup of a name.
    runtime.shutdown_background();
    served
}

/// Like `serve`, but within the caller's runtime and with what it gives: where to announce the address, and a
/// future that completes when a signal tells us to end.
pub async fn serve_on(
    definition: &Definition,
    mode: Mode,
    settings: Settings,
    mut output: impl Write,
    terminated: impl Future<Output = ()>,
    services: impl FnOnce(Lifetime) -> Routes,
) -> Result<(), Error> {
    let listener = Listener::bind(&settings.endpoint).await?;
    let identity = settings.client_certificate.map(Identity::for_client).transpose()?;
    let announcement = match mode {
        Mode::Plugin => {
            let certificate = identity.as_ref().map(|identity| &identity.certificate);
            handshake::line(definition.protocol_version, &listener.address, certificate)
        }
        Mode::Debug => debug::instructions(definition, &listener.address),
    };
    announce(&mut output, &announcement).map_err(|source| Error::Announce { source })?;
    listener.clear_leftovers();

    let (lifetime, closing) = (Lifetime::default(), CancellationToken::new());
    let routes = services::add(services(lifetime.clone()), &closing);
    let acceptor = identity.map(|identity| identity.acceptor);
    let connections = Connections::new(listener, acceptor, Arc::clone(&lifetime.presence));
    run(mode, routes, connections, lifetime, closing, terminated).await
}

fn announce(output: &mut impl Write, text: &str) -> io::Result<()> {
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// `closing` is cancelled when the client asks for Shutdown, or here when no further call is to be taken.
async fn run(
    mode: Mode,
    routes: Routes,
    connections: Connections,
    lifetime: Lifetime,
    closing: CancellationToken,
    terminated: impl Future<Output = ()>,
) -> Result<(), Error> {
    let orphaned = lifetime::orphaned(lifetime.presence.open());
    let mut server = pin!(
        Server::builder()
            .add_routes(routes)
            .serve_with_incoming_shutdown(connections.into_stream(), closing.clone().cancelled_owned())
    );
    let reason = tokio::select! {
        // In this order: once the end has been asked for, the server may be done as well.
        biased;
        () = closing.cancelled() => Reason::Shutdown,
        () = terminated => Reason::Terminated,
        () = orphaned, if mode == Mode::Plugin => Reason::Orphaned,
        served = &mut server => return served.map_err(|source| Error::Serve { source }),
    };
    // The server goes on meanwhile, because work that ends has something to answer.
    let silence = CancellationToken::new();
    let work = async {
        lifetime.end(reason, &closing).await;
        closing.cancel();
        silence.cancel();
    };
    let answers = async {
        tokio::select! {
            served = server => served.map_err(|source| Error::Serve { source }),
            // A client may keep a connection open although nothing is left to say.
            () = time_out_after(&silence) => Ok(()),
        }
    };
    let ((), served) = tokio::join!(work, answers);
    served
}

async fn time_out_after(silence: &CancellationToken) {
    silence.cancelled().await;
    time::sleep(LAST_WORDS).await;
}
