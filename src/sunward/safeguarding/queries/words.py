"""Moments in the words of the district's own clock."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime


def say_moment(at: datetime) -> str:
    return date_format(localtime(at), "Y-m-d H:i")


def say_time(at: datetime) -> str:
    return date_format(localtime(at), "H:i")
