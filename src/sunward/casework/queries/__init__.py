"""What pages read of plans, referrals, wishes and the directory, as frozen rows."""
