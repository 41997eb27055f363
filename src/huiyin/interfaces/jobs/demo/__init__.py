"""The demo organisation: an online retailer whose people work on cases by the same steps as everybody else."""
