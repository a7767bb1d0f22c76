# What the recorded expressions refer to: values that are known only after apply.
resource "terraform_data" "u" {}
