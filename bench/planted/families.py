"""Every way of writing: the plain ones that anybody would think of, and the unusual ones."""

from bench.planted import names, numbers, places

FAMILIES = (*names.PLAIN, *numbers.PLAIN, *places.PLAIN, *names.UNUSUAL, *numbers.UNUSUAL, *places.UNUSUAL)
