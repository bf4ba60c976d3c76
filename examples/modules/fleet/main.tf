resource "gpupod_pod" "this" {
  for_each = var.pods

  cloud = each.value.cloud
  name  = "${var.prefix}-${each.key}"
  image = each.value.image

  gpu_type  = each.value.gpu_type
  gpu_count = each.value.gpu_type == null ? null : each.value.gpu_count
  regions   = each.value.regions
  is_spot   = each.value.is_spot
  max_price = each.value.max_price
  expose    = each.value.expose
  cpod      = each.value.cpod

  environment_vars = merge(var.environment_vars, each.value.environment_vars, { FLEET_MEMBER = each.key })
  desired_state    = each.value.desired_state
}
