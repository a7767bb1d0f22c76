# What Terraform plans of this is in plan.json: see record.sh.

variable "text" {
  default = "default"
}

variable "list" {
  type    = list(string)
  default = [1, true, "x"]
}

variable "settings" {
  type = map(object({
    size    = number
    name    = optional(string)
    zones   = optional(set(string), ["b", "a"])
    nested  = optional(object({ on = optional(bool, true) }), {})
    hidden  = optional(any)
  }))
  default = {
    one = { size = "1", name = null, extra = "dropped" }
    two = { size = 2, name = "second", zones = ["z", "z"], nested = { on = "false" } }
  }
}

variable "from_file" {}

variable "from_auto_file" {
  type = tuple([string, number])
}

variable "from_environment" {
  type = map(number)
}

variable "from_flag" {
  type = string
}

variable "not_null" {
  type     = string
  default  = "instead"
  nullable = false
}

variable "secret" {
  sensitive = true
  default   = { user = "u", password = "hunter2" }
}

locals {
  later   = local.earlier + 1
  earlier = 1
  names   = { for name, value in var.settings : name => coalesce(value.name, "none") }
  matrix  = { for pair in setproduct(["a", "b"], [1, 2]) : "${pair[0]}-${pair[1]}" => pair }
  heredoc = <<-EOT
    %{ for name in ["x", "y"] ~}
    host ${name}
    %{ endfor ~}
    end
  EOT
}

# Indentation, which Terraform takes off token by token.
locals {
  heredocs = [
    <<-EOT
      a
        b ${1 + 1}

      %{ if true }
      c
      %{ else }
      d
      %{ endif }
      e
    EOT
    ,
    <<-EOT
      %{~ if true ~}
        x
      %{~ endif ~}
      y
    EOT
    ,
    <<-EOT
        deep
      %{ for v in ["p", "q"] ~}
          - ${v}
      %{ endfor ~}
          ${"z"} end
    EOT
    ,
    <<-EOT
      first ${"x" ~}
        second
      ${~ "third"}
    EOT
    ,
    <<-EOT
    ${"at start"}
      more %{ if false }no%{ endif }
    EOT
    ,
    <<EOT
  %{ if true ~}
    kept
  %{ endif ~}
EOT
    ,
  ]
}

resource "terraform_data" "heredocs" {
  input = local.heredocs
}

resource "terraform_data" "variables" {
  input = {
    text             = var.text
    list             = var.list
    settings         = var.settings
    from_file        = var.from_file
    from_auto_file   = var.from_auto_file
    from_environment = var.from_environment
    from_flag        = var.from_flag
    not_null         = var.not_null
  }
}

resource "terraform_data" "locals" {
  input = [local.later, local.names, local.matrix, local.heredoc]
}

resource "terraform_data" "secrets" {
  input = [var.secret.user, "user=${var.secret.user}", [for key, value in var.secret : key], { open = "shown" }]
}

resource "terraform_data" "counted" {
  count = local.later
  input = "item ${count.index}"
}

resource "terraform_data" "keyed" {
  for_each = local.matrix
  input    = { key = each.key, letter = each.value[0], number = each.value[1] }
}

resource "terraform_data" "set" {
  for_each = toset([for name in ["b", "a", "b"] : upper(name)])
  input    = each.value == each.key
}

resource "terraform_data" "references" {
  input = {
    splat     = terraform_data.counted[*].input
    old_splat = terraform_data.counted.*.input
    ids       = terraform_data.counted[*].id
    by_key    = terraform_data.keyed["a-1"].input.letter
    all       = { for key, item in terraform_data.keyed : key => item.input.number }
    values    = values(terraform_data.keyed)[*].input
    length    = length(terraform_data.keyed)
    keys      = keys(terraform_data.keyed)
    try       = try(terraform_data.counted[5].input, "none")
    can       = can(terraform_data.counted[0].input)
    id        = terraform_data.locals.id
    with_id   = ["known", terraform_data.locals.id]
    output    = terraform_data.locals.output
    either    = terraform_data.locals.id == "" ? "x" : "x"
    open      = terraform_data.locals.id == "" ? "x" : "y"
  }
  triggers_replace = [terraform_data.set["A"].input]
}

module "item" {
  source   = "./modules/item"
  for_each = var.settings
  name     = each.key
  size     = each.value.size
  upstream = terraform_data.locals.id
}

module "counted" {
  source = "./modules/item"
  count  = 2
  name   = "n${count.index}"
}

module "wrapper" {
  source = "./modules/wrapper"
  items  = { for key, item in module.item : key => item.label }
}

resource "terraform_data" "modules" {
  input = {
    one     = module.item["one"].label
    all     = [for item in module.item : item.label]
    splat   = module.counted[*].label
    whole   = module.counted[1]
    ids     = module.item["two"].ids
    inner   = module.wrapper.inner
    missing = try(module.item["three"].label, null)
  }
}

resource "terraform_data" "paths" {
  input = [path.module, path.root, terraform.workspace, basename(abspath(path.root)) != ""]
}
