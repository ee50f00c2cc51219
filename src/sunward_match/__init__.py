"""The Sunward engine: numbers in, proposal out. It knows no web, no clock and no network.

``sunward_match.pairing`` makes exclusive matches to a proven optimum; ``sunward_match.shortlist`` tells everybody of a
few vacancies without flooding any; ``sunward_match.occupations`` codes job titles, from the only files that the engine
reads, which lie in it; ``sunward_match.blocks`` spreads a pure function over independent blocks.
"""
