"""Who is told of which vacancies: the doors, the score, the caps, and why. Pure: no database, no clock."""
