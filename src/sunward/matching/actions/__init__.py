"""What people do with matching: start it, edit its policy, decide on what it proposes."""
