from sunward.figures.models.bulletins import Bulletin, BulletinQuerySet, PublishedBulletin, PublishedFigure
from sunward.figures.models.rolled import RolledCount, RolledStep

__all__ = [
    "Bulletin",
    "BulletinQuerySet",
    "PublishedBulletin",
    "PublishedFigure",
    "RolledCount",
    "RolledStep",
]
