"""Who is away, from when until when, and who is reached meanwhile (`accounts.deputies` has the rule)."""
