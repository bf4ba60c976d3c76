//! A plan's values that depend on the cloud that is meant.

use super::*;
use crate::{
    clouds::{Account, PodFeature, StopSupport, Support},
    resources::{
        pod::model::CpodPod,
        testing::{CAPABILITIES_OF_PODS_ONLY, TestCloud, messages, text},
    },
    tf::Model,
};

static OF_WORKSPACES: Capabilities = Capabilities {
    pod: |feature| match feature {
        PodFeature::Workload | PodFeature::Environment => Support::Optional,
        _ => Support::Refused,
    },
    stop: StopSupport::RequiredBeforeDelete,
    needs_workspace: true,
    echoes_marks: false,
    ..CAPABILITIES_OF_PODS_ONLY
};

fn config(workspace: Tf<CpodPod>) -> PodModel {
    PodModel {
        cloud: text("test_cloud"),
        name: text("server"),
        image: text("ubuntu:24.04"),
        cpod: workspace,
        ..PodModel::null()
    }
}

async fn plan(cloud: TestCloud, config: PodModel) -> (PodModel, Vec<String>) {
    let mut plan = Plan {
        prior: None,
        planned: PodModel {
            shm_in_gb: Tf::Unknown,
            offer: Tf::Unknown,
            status: Tf::Unknown,
            ..config.clone()
        },
        config,
        replace: Vec::new(),
    };
    let mut diagnostics = Diagnostics::new();
    complete(&cloud.context(), &mut plan, &mut diagnostics).await;
    (plan.planned, messages(&diagnostics))
}

#[tokio::test]
async fn what_the_cloud_does_not_have_is_known_to_be_null() {
    let in_workspace = Account {
        workspace_id: Some("w".to_owned()),
        ..Account::default()
    };
    let cloud = TestCloud::of(&OF_WORKSPACES).with_account(in_workspace);
    let (planned, _) = plan(cloud, config(Tf::Null)).await;
    assert_eq!((planned.shm_in_gb, planned.offer), (Tf::Null, Tf::Null));
    assert_eq!(planned.status, Tf::Unknown);
}

#[tokio::test]
async fn a_workspace_is_named_by_the_pod_or_the_provider() {
    let named = |workspace_id| {
        Tf::Known(CpodPod {
            workspace_id,
            ..CpodPod::null()
        })
    };
    let account = |workspace: Option<&str>| Account {
        workspace_id: workspace.map(str::to_owned),
        ..Account::default()
    };
    for (workspace, of_account, is_missing) in [
        (Tf::Null, None, true),
        (named(Tf::Null), None, true),
        (named(Tf::Null), Some("w"), false),
        (named(text("w")), None, false),
        (named(Tf::Unknown), None, false),
        (Tf::Unknown, None, false),
    ] {
        let cloud = TestCloud::of(&OF_WORKSPACES).with_account(account(of_account));
        let (_, told) = plan(cloud, config(workspace)).await;
        let expected: &[&str] = match is_missing {
            true => &[
                "cpod.workspace_id: No workspace is named: `cpod.workspace_id` is not set, and neither is \
                 `test_cloud.workspace_id` of the provider block. A pod on Test Cloud belongs to a workspace: name it in \
                 one of the two.",
            ],
            false => &[],
        };
        assert_eq!(told, expected);
    }
}
