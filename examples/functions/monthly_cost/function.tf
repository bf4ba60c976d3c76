# 255.5
output "monthly_cost" {
  value = provider::gpupod::monthly_cost(0.35)
}
