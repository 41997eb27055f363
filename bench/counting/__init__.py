"""Random questions about deadlines, and somebody who answers them by counting alone."""
