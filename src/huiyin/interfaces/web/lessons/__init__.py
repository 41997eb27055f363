"""What cases teach: escalations that need not have been, promises of our advertising that customers believed."""
