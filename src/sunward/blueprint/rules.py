"""What the district decides for Blueprint."""

# Whom to ask about a result of research is needed for as long as somebody works on it. After so many years in which
# nobody has, the names are not (Personal Information Protection Law, art. 19: the shortest time that the purpose
# needs); as with whom to call at an employer.
RETENTION_YEARS = 2
