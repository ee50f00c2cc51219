"""From sheets to staged rows: declarations, layouts, recognition, outcomes. Pure; no database."""
