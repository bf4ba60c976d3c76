//! Create of a pod: from the cheapest offer that fits, and if that is taken, from the next.

use tokio::time::Instant;

use super::{api, convert, requests};
use crate::clouds::{
    Error, GpuRequest, Kind, Pod, PodSpec, Result,
    prime_intellect::{
        PrimeIntellect,
        offers::{self, Choice},
        refusal,
    },
};

/// So many offers are tried at most, each once in a listing.
const MOST_ATTEMPTS: usize = 5;

/// The offers that were tried and were taken.
#[derive(Default)]
struct Taken {
    names: Vec<String>,
    last: Option<Error>,
}

impl PrimeIntellect {
    /// Creates a pod from what fits, from a listing that is hardly older than the call and, if all of that was taken, from one as it
    /// is then.
    pub async fn create_from_offers(&self, spec: &PodSpec) -> Result<Pod> {
        let Some(gpu) = &spec.gpu else {
            let message = "offers are found by their GPU, and none is named".to_owned();
            return Err(refusal(Kind::Invalid, requests::creating(spec), message));
        };
        let mut taken = Taken::default();
        let began = Instant::now();
        let lately = began.checked_sub(offers::YOUNG).unwrap_or(began);
        let choices = match self.choices(lately, spec, gpu).await {
            // What others read before may have nothing where there is something by now.
            Err(error) if error.kind == Kind::NoCapacity => self.choices(began, spec, gpu).await?,
            choices => choices?,
        };
        if let Some(pod) = self.create_from(choices, spec, &mut taken).await? {
            return Ok(pod);
        }
        // That the second listing has nothing or cannot be read says less than that everything was taken.
        if taken.leaves() > 0
            && let Ok(choices) = self.choices(Instant::now(), spec, gpu).await
            && let Some(pod) = self.create_from(choices, spec, &mut taken).await?
        {
            return Ok(pod);
        }
        Err(taken.into_error(spec))
    }

    async fn choices(&self, since: Instant, spec: &PodSpec, gpu: &GpuRequest) -> Result<Vec<Choice>> {
        let rows = self.offers(since, spec, gpu).await.map_err(before_any_create)?;
        offers::cheapest_first(spec, gpu, rows.to_vec())
            .map_err(|message| refusal(Kind::NoCapacity, requests::creating(spec), message))
    }

    /// `None` if all were taken, or as many as may be tried.
    async fn create_from(&self, choices: Vec<Choice>, spec: &PodSpec, taken: &mut Taken) -> Result<Option<Pod>> {
        for choice in choices.into_iter().take(taken.leaves()) {
            let request = requests::create(spec, &choice, &self.account);
            match self.http.send(&request, api::made).await {
                Ok((id, pod)) => {
                    let pod = convert::to_created(id, pod, &self.account, &choice.row);
                    return Ok(Some(self.http.secrets().redact_pod(pod)));
                }
                Err(error) if error.kind == Kind::NoCapacity => taken.note(&choice, error),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

/// However the listing failed, nothing was created: nobody has to look for a pod.
fn before_any_create(error: Error) -> Error {
    match error.kind.proves_nothing_was_done() {
        true => error,
        false => Error {
            kind: Kind::Unreachable,
            ..error
        },
    }
}

impl Taken {
    /// How many attempts may follow.
    fn leaves(&self) -> usize {
        MOST_ATTEMPTS.saturating_sub(self.names.len())
    }

    fn note(&mut self, choice: &Choice, error: Error) {
        self.names.push(choice.row.name());
        self.last = Some(error);
    }

    fn into_error(self, spec: &PodSpec) -> Error {
        let last = self.last.as_ref().map_or("none", |error| &error.message);
        let message = offers::all_taken(&self.names, last);
        Error {
            status: self.last.as_ref().and_then(|error| error.status),
            ..refusal(Kind::NoCapacity, requests::creating(spec), message)
        }
    }
}
