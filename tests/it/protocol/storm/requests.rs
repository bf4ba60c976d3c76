//! One random request to one RPC after the other, and what was answered.

use gpupod::{
    tf::{Type, Value},
    wire::{
        self,
        proto::{
            ClientCapabilities, Diagnostic, DynamicValue, apply_resource_change, call_function, configure_provider,
            import_resource_state, move_resource_state, plan_resource_change, provider_server::Provider as _,
            read_data_source, read_resource, upgrade_resource_state, validate_data_resource_config,
            validate_provider_config, validate_resource_config,
        },
    },
};
use tonic::{Request, Response, Status};

use super::{
    Reply, Storm, Types,
    any::{Any, encoded, from_json},
};

const RPCS: usize = 16;
/// A name that nobody has.
const STRANGER: &str = "gpupod_stranger";
const FUNCTIONS: [&str; 4] = ["monthly_cost", "parse_ssh_command", "shout", ""];

/// Calls an RPC of the storm's server.
macro_rules! call {
    ($storm:ident.$rpc:ident($request:expr)) => {
        answer($storm.server.$rpc(Request::new($request)).await)
    };
}

fn answer<A>(reply: Result<Response<A>, Status>) -> A {
    reply.expect("a provider's errors are diagnostics").into_inner()
}

fn errors(diagnostics: Vec<Diagnostic>) -> Vec<String> {
    let is_error = |one: &Diagnostic| one.severity == 1;
    let errors = diagnostics.into_iter().filter(is_error);
    errors.map(|one| format!("{}: {}", one.summary, one.detail)).collect()
}

fn silent(rpc: &'static str, diagnostics: Vec<Diagnostic>) -> Reply {
    Reply {
        rpc,
        errors: errors(diagnostics),
        values: Vec::new(),
    }
}

impl Storm {
    /// The answer to a random request.
    pub async fn next(&mut self) -> Reply {
        match self.random.usize(..RPCS) {
            0 => silent("get_metadata", call!(self.get_metadata(Default::default())).diagnostics),
            1 => silent(
                "get_provider_schema",
                call!(self.get_provider_schema(Default::default())).diagnostics,
            ),
            2 => self.validate_provider().await,
            3 => self.validate_resource().await,
            4 => self.validate_data_source().await,
            5 => self.configure().await,
            6 => self.upgrade().await,
            7 => self.read().await,
            8 => self.plan().await,
            9 => self.apply().await,
            10 => self.import().await,
            11 => self.move_state().await,
            12 => self.read_data_source().await,
            13 => silent(
                "get_functions",
                call!(self.get_functions(Default::default())).diagnostics,
            ),
            14 => self.call_function().await,
            _ => {
                let error = call!(self.stop_provider(Default::default())).error;
                let errors = (!error.is_empty()).then_some(error).into_iter().collect();
                Reply {
                    rpc: "stop_provider",
                    errors,
                    values: Vec::new(),
                }
            }
        }
    }

    fn with_any<T>(&mut self, make: impl FnOnce(&mut Any<'_>) -> T) -> T {
        let ids = self.ids();
        make(&mut Any {
            random: &mut self.random,
            ids: &ids,
        })
    }

    fn one_of(&mut self, of: fn(&Storm) -> &Types) -> (String, Type) {
        let at = self.random.usize(..of(self).len() + 1);
        match of(self).iter().nth(at) {
            Some((name, value_type)) => (name.clone(), value_type.clone()),
            None => (STRANGER.to_owned(), Type::Object(Default::default())),
        }
    }

    fn resource(&mut self) -> (String, Type) {
        self.one_of(|storm| &storm.resources)
    }

    fn capabilities(&mut self) -> Option<ClientCapabilities> {
        let random = &mut self.random;
        let any = ClientCapabilities {
            deferral_allowed: random.bool(),
            write_only_attributes_allowed: random.bool(),
            ..Default::default()
        };
        random.bool().then_some(any)
    }

    async fn validate_provider(&mut self) -> Reply {
        let value_type = self.config.clone();
        let config = self.with_any(|any| any.dynamic(&value_type));
        let response = call!(self.validate_provider_config(validate_provider_config::Request { config }));
        silent("validate_provider_config", response.diagnostics)
    }

    async fn validate_resource(&mut self) -> Reply {
        let (type_name, value_type) = self.resource();
        let config = self.with_any(|any| any.resource(&type_name, &value_type));
        let request = validate_resource_config::Request {
            type_name,
            config,
            client_capabilities: self.capabilities(),
        };
        silent(
            "validate_resource_config",
            call!(self.validate_resource_config(request)).diagnostics,
        )
    }

    async fn validate_data_source(&mut self) -> Reply {
        let (type_name, value_type) = self.one_of(|storm| &storm.data_sources);
        let config = self.with_any(|any| any.dynamic(&value_type));
        let request = validate_data_resource_config::Request { type_name, config };
        silent(
            "validate_data_resource_config",
            call!(self.validate_data_resource_config(request)).diagnostics,
        )
    }

    /// Configuring sends nothing. What comes next is configured well, because a random block could name a real cloud.
    async fn configure(&mut self) -> Reply {
        let value_type = self.config.clone();
        let request = configure_provider::Request {
            terraform_version: self.with_any(|any| any.text("version")),
            config: self.with_any(|any| any.dynamic(&value_type)),
            client_capabilities: self.capabilities(),
        };
        let reply = silent(
            "configure_provider",
            call!(self.configure_provider(request)).diagnostics,
        );
        self.configure_well().await;
        reply
    }

    pub(super) async fn configure_well(&self) {
        let config =
            wire::encode(&self.good_config(), &self.config).expect("the test's values are of the block's type");
        let request = configure_provider::Request {
            config: Some(config),
            ..Default::default()
        };
        let diagnostics = call!(self.configure_provider(request)).diagnostics;
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    /// Makes what a cloud would take, as a first apply does.
    pub(super) async fn make(&mut self, type_name: &str, json: &str) {
        let value_type = self.resources[type_name].clone();
        let config = Some(encoded(&from_json(json, &value_type), &value_type));
        let plan = plan_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: null(&value_type),
            proposed_new_state: config.clone(),
            config: config.clone(),
            ..Default::default()
        };
        let plan = call!(self.plan_resource_change(plan));
        let apply = apply_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: null(&value_type),
            planned_state: plan.planned_state,
            config,
            ..Default::default()
        };
        let made = call!(self.apply_resource_change(apply));
        assert!(errors(made.diagnostics).is_empty(), "{type_name}: {json}");
        self.made
            .extend(made.new_state.map(|state| (type_name.to_owned(), state)));
    }

    async fn upgrade(&mut self) -> Reply {
        let (type_name, value_type) = self.resource();
        let version = [0, 0, 0, 1, -1, i64::MAX][self.random.usize(..6)];
        let raw_state = self.with_any(|any| any.state());
        let request = upgrade_resource_state::Request {
            type_name,
            version,
            raw_state,
        };
        let response = call!(self.upgrade_resource_state(request));
        Reply {
            values: vec![(response.upgraded_state, value_type)],
            ..silent("upgrade_resource_state", response.diagnostics)
        }
    }

    async fn read(&mut self) -> Reply {
        let (type_name, value_type) = self.resource();
        let request = read_resource::Request {
            current_state: self.state_of(&type_name, &value_type),
            type_name,
            private: self.with_any(|any| any.private()),
            client_capabilities: self.capabilities(),
            ..Default::default()
        };
        let response = call!(self.read_resource(request));
        Reply {
            values: vec![(response.new_state, value_type)],
            ..silent("read_resource", response.diagnostics)
        }
    }

    async fn plan(&mut self) -> Reply {
        let (type_name, value_type) = self.resource();
        let prior = self.prior(&type_name, &value_type);
        let config = self.with_any(|any| any.resource(&type_name, &value_type));
        let proposed = match self.random.bool() {
            true => config.clone(),
            false => self.with_any(|any| any.dynamic(&value_type)),
        };
        let request = plan_resource_change::Request {
            type_name,
            prior_state: prior,
            proposed_new_state: proposed,
            config,
            prior_private: self.with_any(|any| any.private()),
            client_capabilities: self.capabilities(),
            ..Default::default()
        };
        let response = call!(self.plan_resource_change(request));
        Reply {
            values: vec![(response.planned_state, value_type)],
            ..silent("plan_resource_change", response.diagnostics)
        }
    }

    async fn apply(&mut self) -> Reply {
        let (type_name, value_type) = self.resource();
        let prior_state = self.prior(&type_name, &value_type);
        let planned = self.with_any(|any| any.resource(&type_name, &value_type));
        let is_deletion = self.random.u8(..5) == 0;
        let request = apply_resource_change::Request {
            type_name: type_name.clone(),
            prior_state,
            planned_state: if is_deletion {
                null(&value_type)
            } else {
                planned.clone()
            },
            config: planned,
            planned_private: self.with_any(|any| any.private()),
            ..Default::default()
        };
        let response = call!(self.apply_resource_change(request));
        if response.diagnostics.is_empty() && !is_deletion {
            self.made
                .extend(response.new_state.clone().map(|state| (type_name, state)));
        }
        Reply {
            values: vec![(response.new_state, value_type)],
            ..silent("apply_resource_change", response.diagnostics)
        }
    }

    /// Nothing yet, or anything.
    fn prior(&mut self, type_name: &str, value_type: &Type) -> Option<DynamicValue> {
        match self.random.bool() {
            true => null(value_type),
            false => self.state_of(type_name, value_type),
        }
    }

    /// The state of something that was made, or anything.
    fn state_of(&mut self, type_name: &str, value_type: &Type) -> Option<DynamicValue> {
        let of_type = self.made.iter().filter(|(name, _)| name == type_name);
        let of_type: Vec<&DynamicValue> = of_type.map(|(_, state)| state).collect();
        match self.random.choice(of_type).cloned() {
            Some(state) if self.random.u8(..4) > 0 => Some(state),
            _ => self.with_any(|any| any.resource(type_name, value_type)),
        }
    }

    async fn import(&mut self) -> Reply {
        let (type_name, value_type) = self.resource();
        let cloud = self.with_any(|any| any.one(&["", "yotta/", "prime_intellect/", "cpod/", "/", "nimbus/"]));
        let id = self.with_any(|any| if any.random.bool() { any.id() } else { any.text("") });
        let request = import_resource_state::Request {
            type_name,
            id: format!("{cloud}{id}"),
            client_capabilities: self.capabilities(),
            ..Default::default()
        };
        let response = call!(self.import_resource_state(request));
        let imported = response.imported_resources.into_iter();
        Reply {
            values: imported.map(|one| (one.state, value_type.clone())).collect(),
            ..silent("import_resource_state", response.diagnostics)
        }
    }

    async fn move_state(&mut self) -> Reply {
        let request = move_resource_state::Request {
            source_provider_address: self.with_any(|any| any.text("")),
            source_type_name: self.resource().0,
            source_state: self.with_any(|any| any.state()),
            target_type_name: self.resource().0,
            source_private: self.with_any(|any| any.private()),
            ..Default::default()
        };
        silent(
            "move_resource_state",
            call!(self.move_resource_state(request)).diagnostics,
        )
    }

    async fn read_data_source(&mut self) -> Reply {
        let (type_name, value_type) = self.one_of(|storm| &storm.data_sources);
        let request = read_data_source::Request {
            type_name,
            config: self.with_any(|any| any.dynamic(&value_type)),
            client_capabilities: self.capabilities(),
            ..Default::default()
        };
        let response = call!(self.read_data_source(request));
        Reply {
            values: vec![(response.state, value_type)],
            ..silent("read_data_source", response.diagnostics)
        }
    }

    async fn call_function(&mut self) -> Reply {
        let arguments = self.random.usize(..4);
        let argument_type = [Type::String, Type::Number, Type::Dynamic][self.random.usize(..3)].clone();
        let request = call_function::Request {
            name: self.with_any(|any| any.one(&FUNCTIONS)).to_owned(),
            arguments: (0..arguments)
                .map(|_| self.with_any(|any| any.dynamic(&argument_type)).unwrap_or_default())
                .collect(),
        };
        let error = call!(self.call_function(request)).error;
        Reply {
            rpc: "call_function",
            errors: error.into_iter().map(|error| error.text).collect(),
            values: Vec::new(),
        }
    }
}

fn null(value_type: &Type) -> Option<DynamicValue> {
    wire::encode(&Value::Null, value_type).ok()
}
