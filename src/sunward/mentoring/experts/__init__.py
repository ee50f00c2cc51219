"""助力团: experts who answer neighbour moms' questions about cases that name nobody, and what others learn from it."""
