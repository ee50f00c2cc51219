"""The Sunward engine: numbers in, proposal out. It knows no web, no clock, no file and no network.

``sunward_match.pairing`` makes exclusive matches to a proven optimum; ``sunward_match.shortlist`` tells everybody of a
few vacancies without flooding any; ``sunward_match.blocks`` spreads a pure function over independent blocks.
"""
