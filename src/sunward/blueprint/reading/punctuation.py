"""Texts are compared in one width; what people read gets its Chinese marks back."""

import re

_BESIDE = "\u4e00-\u9fff“”‘’「」《》（）"
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK = re.compile(rf"(?<=[{_BESIDE}\d%)])[,;:?!](?=[{_BESIDE}(\n]|$)|(?<=[{_BESIDE}])[,;:?!](?=[\d])")
_PAIR = re.compile(r"\(([^()]*)\)")


def with_chinese_marks(text: str) -> str:
    """，；：？！（） where they stand beside Chinese; 1:20 and (a) stay."""
    paired = _PAIR.sub(lambda match: f"（{match[1]}）" if re.search("[\u4e00-\u9fff]", match[1]) else match[0], text)
    return _MARK.sub(lambda match: _MARKS[match[0]], paired)
