"""Time and memory of the parts that must keep up."""
