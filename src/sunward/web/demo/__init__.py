"""The demo district: three synthetic lists, imported, matched and visited the way a district would do it.

Nobody in it exists. Document numbers use the order codes 900-999 and phones have 00 as digits 4 and 5.
"""
