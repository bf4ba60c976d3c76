//! Which plans a volume's sizes allow, and what a plan leaves open.

use super::*;
use crate::{
    clouds::{Capabilities, Support, VolumeSupport},
    resources::testing::{CAPABILITIES_OF_PODS_ONLY, TestCloud, places, text},
    tf::{Model, Number, Tf},
};

fn volume(size: u32) -> VolumeModel {
    VolumeModel {
        cloud: text("test_cloud"),
        name: text("data"),
        storage_type: text("CEPH"),
        region: text("eu-1"),
        size_in_gb: Tf::Known(size.into()),
        ..VolumeModel::null()
    }
}

fn plan(prior: Option<VolumeModel>, planned: VolumeModel) -> (VolumeModel, Vec<String>) {
    let is_moved = |prior: &VolumeModel| !prior.region.is_null() && prior.region != planned.region;
    let replace: Vec<Path> = match prior.as_ref().is_some_and(is_moved) {
        true => vec!["region".into()],
        false => Vec::new(),
    };
    let mut plan = Plan {
        prior,
        config: planned.clone(),
        planned,
        replace: replace.clone(),
    };
    let mut diagnostics = Diagnostics::new();
    complete(&TestCloud::new().context(), &mut plan, &mut diagnostics);
    assert_eq!(plan.replace, replace);
    (plan.planned, places(&diagnostics))
}

#[track_caller]
fn check(prior: VolumeModel, planned: VolumeModel, expected: &[&str]) {
    assert_eq!(plan(Some(prior), planned).1, expected);
}

#[test]
fn a_volume_grows_and_never_becomes_smaller() {
    check(volume(100), volume(100), &[]);
    check(volume(100), volume(200), &[]);
    check(volume(100), volume(99), &["size_in_gb: Volume cannot become smaller"]);
}

#[test]
fn a_new_volume_in_its_place_may_have_any_size() {
    let moved = VolumeModel {
        region: text("eu-2"),
        ..volume(50)
    };
    check(volume(100), moved, &[]);
    assert_eq!(plan(None, volume(50)).1, [""; 0]);
}

#[test]
fn taking_over_what_an_import_left_open_is_no_replacement() {
    let imported = VolumeModel {
        region: Tf::Null,
        ..volume(100)
    };
    check(imported, volume(50), &["size_in_gb: Volume cannot become smaller"]);
    let of_unknown_size = VolumeModel {
        size_in_gb: Tf::Null,
        ..volume(100)
    };
    check(of_unknown_size, volume(50), &[]);
}

#[test]
fn a_size_that_is_not_known_yet_is_not_wrong() {
    let unknown = VolumeModel {
        size_in_gb: Tf::Unknown,
        ..volume(100)
    };
    check(volume(100), unknown, &[]);
}

#[test]
fn growing_a_mounted_volume_is_warned_of() {
    let mounted = |size| VolumeModel {
        mount_count: Tf::Known(Number::from(1_u32)),
        ..volume(size)
    };
    check(mounted(100), volume(200), &["size_in_gb: Volume is mounted"]);
    check(mounted(100), mounted(100), &[]);
}

#[test]
fn a_volume_that_names_no_cloud_gets_the_providers() {
    let mut nameless = volume(100);
    nameless.cloud = Tf::Null;
    let mut plan = Plan {
        prior: None,
        planned: VolumeModel {
            cloud: Tf::Unknown,
            ..nameless.clone()
        },
        config: nameless,
        replace: Vec::new(),
    };
    let mut diagnostics = Diagnostics::new();
    complete(&TestCloud::new().context(), &mut plan, &mut diagnostics);
    assert_eq!(
        (plan.planned.cloud, places(&diagnostics)),
        (text("test_cloud"), Vec::new())
    );
}

#[test]
fn a_cloud_without_volumes_is_refused_while_planning() {
    let mut plan = Plan {
        prior: None,
        config: volume(100),
        planned: volume(100),
        replace: Vec::new(),
    };
    let mut diagnostics = Diagnostics::new();
    complete(&TestCloud::of_pods_only().context(), &mut plan, &mut diagnostics);
    assert_eq!(places(&diagnostics), ["cloud: Test Cloud has no volumes"]);
}

static OF_FIXED_SIZE: Capabilities = Capabilities {
    volume: Some(VolumeSupport {
        feature: |_| Support::Optional,
        resize: Resize::Replaces,
    }),
    ..CAPABILITIES_OF_PODS_ONLY
};

#[test]
fn a_disk_of_fixed_size_is_replaced_with_a_warning() {
    let check = |prior: Tf<Number>, size: Tf<Number>, is_replaced: bool| {
        let of_size = |size_in_gb| VolumeModel {
            size_in_gb,
            ..volume(1)
        };
        let mut plan = Plan {
            prior: Some(of_size(prior)),
            config: of_size(size.clone()),
            planned: of_size(size),
            replace: Vec::new(),
        };
        let mut diagnostics = Diagnostics::new();
        complete(&TestCloud::of(&OF_FIXED_SIZE).context(), &mut plan, &mut diagnostics);
        let (replaced, warned): (&[Path], &[&str]) = match is_replaced {
            true => (&["size_in_gb".into()], &["size_in_gb: The data will be lost"]),
            false => (&[], &[]),
        };
        assert_eq!(
            (plan.replace.as_slice(), places(&diagnostics)),
            (replaced, warned.iter().map(|one| (*one).to_owned()).collect())
        );
    };
    let size = |size: u32| Tf::Known(Number::from(size));
    check(size(100), size(100), false);
    check(size(100), size(200), true);
    check(size(100), size(50), true);
    check(size(100), Tf::Unknown, true);
    check(Tf::Null, size(50), false);
}
