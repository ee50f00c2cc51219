"""What is typed and dropped in the workbench, cleaned."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sunward.registers.access import kinds_of
from sunward.registers.models import ImportSheet
from sunward.registers.sheets.layouts import ColumnUse, Corrections, Layout

MOST_FILES = 20
MOST_ROWS_NAMED = 2000
_ROWS = re.compile(r"^\s*\d{1,7}(\s*[-–—~至到]\s*\d{1,7})?(\s*[,，、;；\s]\s*\d{1,7}(\s*[-–—~至到]\s*\d{1,7})?)*\s*$")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, in the order in which they were dropped."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        found = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(one, initial) for one in found]
        if len(cleaned) > MOST_FILES:
            raise forms.ValidationError(_("At most %(count)s files at once."), params={"count": MOST_FILES})
        return cleaned


class UploadForm(forms.Form):
    workbooks = FilesField(
        label=_("Workbooks"),
        widget=FilesInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt", "data-drop": ""}),
        allow_empty_file=True,
        error_messages={"required": _("Choose one or several workbooks.")},
    )
    judged_on = forms.DateField(
        label=_("Ages and expiries as of"),
        help_text=_("Ages and expiry dates are judged on this day; as a rule it is today."),
        widget=forms.DateInput,
    )


class SheetForm(forms.Form):
    """Corrections of one sheet: its kind, its header, each column's meaning, single rows."""

    kind = forms.ChoiceField(label=_("Kind of list"), required=False)
    header_first = forms.IntegerField(label=_("Header from row"), min_value=1, max_value=1000)
    header_last = forms.IntegerField(label=_("to row"), min_value=1, max_value=1000)
    leave_out = forms.CharField(
        label=_("Rows to leave out"), required=False, max_length=500, help_text=_("For example: 12, 15-18")
    )
    take_in = forms.CharField(
        label=_("Rows to take in after all"), required=False, max_length=500, help_text=_("For example: 12, 15-18")
    )
    is_skipped = forms.BooleanField(label=_("Do not read this sheet"), required=False)

    def __init__(self, *given: Any, sheet: ImportSheet, **named: Any) -> None:
        self.sheet = sheet
        self.layout = Layout.from_dict(sheet.layout)
        header = self.layout.header_rows or (1,)
        named.setdefault(
            "initial",
            {
                "kind": sheet.kind, "header_first": header[0], "header_last": header[-1],
                "is_skipped": sheet.is_skipped,
            },
        )  # fmt: skip
        super().__init__(*given, **named)
        choices = [
            ("", _("Not a list that is imported")),
            *((key, kind.label) for key, kind in kinds_of(sheet.file.batch).items()),
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean_leave_out(self) -> frozenset[int]:
        return _rows(self.cleaned_data["leave_out"])

    def clean_take_in(self) -> frozenset[int]:
        return _rows(self.cleaned_data["take_in"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("header_first"), cleaned.get("header_last")
        if first and last and not first <= last <= first + 3:
            self.add_error("header_last", _("The header is one to four rows that follow one another."))
        return cleaned

    @property
    def corrections(self) -> Corrections:
        """Only what differs from how the sheet was read."""
        given = self.cleaned_data
        header = tuple(range(given["header_first"], given["header_last"] + 1))
        kind = given["kind"]
        return Corrections(
            kind=kind if kind != self.sheet.kind else None,
            header_rows=header if header != self.layout.header_rows else None,
            # A sheet of another kind has other fields: its columns are understood anew.
            fields={} if kind != self.sheet.kind else self._columns(),
            leave_out=given["leave_out"],
            take_in=given["take_in"],
        )

    def _columns(self) -> dict[int, str | None]:
        changed: dict[int, str | None] = {}
        for column in self.layout.columns:
            name = f"column-{column.number}"
            if name not in self.data or column.use is ColumnUse.NOT_COLLECTED:
                continue
            before = column.field if column.use is ColumnUse.MAPPED else None
            chosen = self.data[name] or None
            if chosen != before or (column.is_guess and chosen):
                changed[column.number] = chosen
        return changed


def _rows(text: str) -> frozenset[int]:
    if not text:
        return frozenset()
    if not _ROWS.match(text):
        raise forms.ValidationError(_("Type row numbers like this: 12, 15-18"))
    found: set[int] = set()
    for part in re.findall(r"\d+(?:\s*[-–—~至到]\s*\d+)?", text):
        first, *last = (int(number) for number in re.findall(r"\d+", part))
        end = last[0] if last else first
        if end < first or end - first > MOST_ROWS_NAMED:
            raise forms.ValidationError(_("Type row numbers like this: 12, 15-18"))
        found.update(range(first, end + 1))
    return frozenset(found)


def read_cells(data: Any, *, most: int) -> dict[str, str]:
    """The cells of a repaired row: ``cell-<field>``."""
    return {name.removeprefix("cell-"): str(data[name]).strip()[:most] for name in data if name.startswith("cell-")}
