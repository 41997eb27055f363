"""What every interface shares: clock, actor, refusals, idempotency."""
