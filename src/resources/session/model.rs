//! The provider block: its attributes, and a cloud's block whichever cloud's it is.

use std::time::Duration;

use crate::{
    clouds::Settings,
    model,
    resources::session::DEFAULT_POLL_INTERVAL,
    tf::{
        Number, Tf, format_duration, optional,
        validators::{duration, not_empty, one_of, whole},
    },
};

/// The shortest interval at which a cloud is asked how a pod is doing.
const SHORTEST_POLL: Duration = Duration::from_millis(50);

model! {
    /// Rents GPUs from GPU clouds. The keys are best taken from the environment; what stands in the block wins.
    pub struct ProviderModel {
        /// The cloud of resources that name none. From the environment: `GPUPOD_CLOUD`. Without it, the only cloud that
        /// has a key.
        cloud: String = optional(),

        /// [Yotta Labs](https://www.yottalabs.ai), API v2.
        yotta: YottaModel = optional(),

        /// [Prime Intellect](https://www.primeintellect.ai), the compute API.
        prime_intellect: PrimeIntellectModel = optional(),

        /// [cPod](https://docs.cyberpod.app), the management API. Its documents show how its SDK is called and leave open
        /// what goes over the wire: paths, methods and errors are inferred from them.
        cpod: CpodModel = optional(),

        /// How long one HTTP request may take; the default is `{default}`.
        request_timeout: String = optional().validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(Settings::default().request_timeout)),

        /// How many times a request that failed on the way is sent again; the default is {default}. Ordering a pod is never
        /// repeated unless it is certain that nothing was ordered. What a cloud refuses because it is asked too often
        /// does not count while something is made, changed or deleted: it is sent again for as long as the operation may
        /// take. With 0 nothing is sent again.
        max_retries: Number = optional().validator(whole(0, 10)).documented_default(Settings::default().max_retries),

        /// How often a cloud is asked while a pod is waited for; the default is `{default}`.
        poll_interval: String = optional().validator(duration(SHORTEST_POLL))
            .documented_default(format_duration(DEFAULT_POLL_INTERVAL)),

        /// What to do about a new pod that the cloud's live catalogue does not have; the default is `error`. With `off`
        /// the cloud is not asked.
        plan_checks: String = optional().validator(one_of(&["error", "warn", "off"])),
    }
}

model! {
    /// The way to Yotta Labs.
    pub struct YottaModel {
        /// The key. From the environment: `YOTTA_API_KEY`.
        api_key: String = optional().sensitive().validator(not_empty("Remove it, or give the key.")),

        /// The address, `https` except on this machine. From the environment: `YOTTA_BASE_URL`. The default is
        /// `https://api.yottalabs.ai`.
        base_url: String = optional().may_hold_secret().validator(not_empty("Remove it, or give the address.")),
    }
}

model! {
    /// The way to Prime Intellect.
    pub struct PrimeIntellectModel {
        /// The key. From the environment: `PRIME_API_KEY`.
        api_key: String = optional().sensitive().validator(not_empty("Remove it, or give the key.")),

        /// The address, `https` except on this machine. From the environment: `PRIME_API_BASE_URL`, then
        /// `PRIME_BASE_URL`. The default is `https://api.primeintellect.ai`; a trailing `/api/v1` may be there or not.
        base_url: String = optional().may_hold_secret().validator(not_empty("Remove it, or give the address.")),

        /// The team that owns and pays for pods and volumes which name none. From the environment: `PRIME_TEAM_ID`.
        /// Without it, they are the key's owner's.
        team_id: String = optional().validator(not_empty("Remove it, or name a team.")),
    }
}

model! {
    /// The way to cPod.
    pub struct CpodModel {
        /// The key. From the environment: `CPOD_API_KEY`.
        api_key: String = optional().sensitive().validator(not_empty("Remove it, or give the key.")),

        /// The address, `https` except on this machine. From the environment: `CPOD_BASE_URL`. The default is
        /// `https://api.cyberpod.app`; a trailing `/v1` may be there or not.
        base_url: String = optional().may_hold_secret().validator(not_empty("Remove it, or give the address.")),

        /// The organization of pods that name none.
        organization_id: String = optional().validator(not_empty("Remove it, or name an organization.")),

        /// The workspace of pods that name none.
        workspace_id: String = optional().validator(not_empty("Remove it, or name a workspace.")),
    }
}

/// What stands in a cloud's block, whichever cloud's it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CloudBlock {
    pub api_key: Tf<String>,
    pub base_url: Tf<String>,
    pub team_id: Tf<String>,
    pub organization_id: Tf<String>,
    pub workspace_id: Tf<String>,
}

impl CloudBlock {
    pub fn is_partly_unknown(&self) -> bool {
        let Self {
            api_key,
            base_url,
            team_id,
            organization_id,
            workspace_id,
        } = self;
        [api_key, base_url, team_id, organization_id, workspace_id]
            .into_iter()
            .any(Tf::is_unknown)
    }
}

impl YottaModel {
    fn block(&self) -> CloudBlock {
        CloudBlock {
            api_key: self.api_key.clone(),
            base_url: self.base_url.clone(),
            ..CloudBlock::default()
        }
    }
}

impl PrimeIntellectModel {
    fn block(&self) -> CloudBlock {
        CloudBlock {
            api_key: self.api_key.clone(),
            base_url: self.base_url.clone(),
            team_id: self.team_id.clone(),
            ..CloudBlock::default()
        }
    }
}

impl CpodModel {
    fn block(&self) -> CloudBlock {
        CloudBlock {
            api_key: self.api_key.clone(),
            base_url: self.base_url.clone(),
            organization_id: self.organization_id.clone(),
            workspace_id: self.workspace_id.clone(),
            ..CloudBlock::default()
        }
    }
}

impl ProviderModel {
    /// The block of the cloud of this name.
    pub fn cloud_block(&self, name: &str) -> Tf<CloudBlock> {
        match name {
            "yotta" => self.yotta.as_ref().map(YottaModel::block),
            "prime_intellect" => self.prime_intellect.as_ref().map(PrimeIntellectModel::block),
            "cpod" => self.cpod.as_ref().map(CpodModel::block),
            _ => Tf::Null,
        }
    }
}
