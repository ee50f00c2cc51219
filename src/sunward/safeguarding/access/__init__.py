"""Who may see worries, reports and emergencies: one module for each."""
