output "images" {
  description = "The image to which each pool was rotated last."
  value       = { for name, pool in terraform_data.rotation : name => pool.triggers_replace[0] }
}
