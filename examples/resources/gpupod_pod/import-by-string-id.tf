import {
  to = gpupod_pod.notebook
  id = "yotta/420522713875330018"
}
