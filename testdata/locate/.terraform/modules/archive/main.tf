variable "multi_az" {
  type    = bool
  default = true
}

module "instance" {
  source = "./modules/instance"

  multi_az  = var.multi_az
  encrypted = false
}
