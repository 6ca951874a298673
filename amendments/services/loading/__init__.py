"""Loading a folder of sourced facts (YAML) beside the texts they speak of: the demo, and any law prepared by hand."""
