import {
  to = gpupod_volume.models
  id = "yotta/420522713875330019"
}
