from sunward.figures.models.bulletins import Bulletin, BulletinQuerySet, PublishedBulletin, PublishedFigure
from sunward.figures.models.months import MonthFigure, PublishedMonth
from sunward.figures.models.rolled import RolledCount, RolledStep

__all__ = [
    "Bulletin",
    "BulletinQuerySet",
    "MonthFigure",
    "PublishedBulletin",
    "PublishedFigure",
    "PublishedMonth",
    "RolledCount",
    "RolledStep",
]
