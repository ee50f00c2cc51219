#!/usr/bin/env python
"""Django's own commands, for developers; everything a user needs is in `sunward`."""

import sys

from django.core.management import execute_from_command_line

from sunward.config import choose_settings

if __name__ == "__main__":
    choose_settings()
    execute_from_command_line(sys.argv)
