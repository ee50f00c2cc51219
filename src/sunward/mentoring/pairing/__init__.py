"""How children and neighbour moms are matched: their columns, the rules, the criteria, the words."""
