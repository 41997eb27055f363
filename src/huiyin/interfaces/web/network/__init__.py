"""Pages of the network team: where stations are wanted, and the plan of the week."""
