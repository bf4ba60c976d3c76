//! The real provider's schemas, checked as Terraform itself checks them when a command starts.

use gpupod::resources::Gpupod;

use crate::protocol::schema_rules;

#[tokio::test]
async fn terraform_takes_the_schemas() {
    assert_eq!(schema_rules::violations(Gpupod).await, [""; 0]);
}
