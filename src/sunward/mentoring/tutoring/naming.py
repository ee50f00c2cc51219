"""What a student calls her pupil: the given name, and nothing more."""

# Surnames of two signs.
_TWO_SIGNS = "欧阳 上官 司马 诸葛 司徒 夏侯 尉迟 皇甫 长孙 慕容 令狐 宇文 东方 公孙 端木"


def given_name(name: str) -> str:
    """Without the family name: of a Chinese name what follows the surname, else the first word.

    Uyghur and other names put the given name first, before the dot or the space.
    """
    for sign in ("·", " "):
        if sign in name:
            return name.partition(sign)[0]
    if not name or not "一" <= name[0] <= "鿿":
        return name
    surname = 2 if len(name) > 2 and name[:2] in _TWO_SIGNS else 1
    return name[surname:] or name
