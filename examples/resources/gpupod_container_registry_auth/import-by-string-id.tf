import {
  to = gpupod_container_registry_auth.team
  id = "yotta/420522713875330020"
}
