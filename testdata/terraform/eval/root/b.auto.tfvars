text = "second file"
