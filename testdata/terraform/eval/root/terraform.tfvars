from_file = {
  list = ["a", 1, null]
  text = "${"interpolated"}"
}
text = "overridden below"
