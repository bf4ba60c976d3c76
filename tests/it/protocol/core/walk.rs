//! The walks of `terraform apply`: the calls that follow one another until a change is made.

use gpupod::tf::Value;

use super::{Core, Instance, Outcome, Planned};

impl Core {
    /// Makes a new instance, with nothing to be said about it.
    pub async fn create(&self, config: &Value) -> Instance {
        self.change(&Instance::none(), config).await.in_silence()
    }

    /// Creates or updates: plans, plans once more in the process that applies, and applies.
    pub async fn change(&self, prior: &Instance, config: &Value) -> Outcome {
        let shown = self.plan(prior, config).await;
        let planned = self.plan(prior, config).await;
        assert_eq!(
            planned, shown,
            "a plan that differs from the one shown to the user is not applied"
        );
        assert_eq!(planned.replace, [""; 0], "an update in place");
        self.apply(&planned).await
    }

    /// Removes: plans nothing, and applies that.
    pub async fn destroy(&self, prior: &Instance) -> Outcome {
        let planned = self.plan(prior, &Value::Null).await;
        assert_eq!(planned.state, Value::Null);
        self.apply(&planned).await
    }

    /// Replaces what exists, in the order in which Terraform does it.
    pub async fn replace(&self, prior: &Instance, config: &Value) -> Outcome {
        let update = self.plan(prior, config).await;
        assert_ne!(update.replace, [""; 0], "the change has a reason to replace");
        let anew = Instance {
            state: Value::Null,
            private: update.private,
        };
        let shown = self.plan(&anew, config).await;
        let removal = Planned {
            prior: prior.clone(),
            config: Value::Null,
            state: Value::Null,
            ..shown
        };
        assert_eq!(self.apply(&removal).await.in_silence().state, Value::Null);
        self.change(&Instance::none(), config).await
    }
}
