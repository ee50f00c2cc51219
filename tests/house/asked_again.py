"""What forms ask although a column of that name is filled: on purpose, each with its reason."""

# Pages that show a record to be changed: everything of it comes filled in.
EDITS = ("_edit", "_correct")
# What somebody says with the act itself. A column of that name holds what was said by another act.
TOLD_ANEW = frozenset({"text", "words", "note", "reason", "kind", "number", "result", "state", "answer", "outcome"})
_OTHER_PERSON = "of somebody else than the person of the file"
_OTHER_THAN_NOW = "another than the one that holds is what the act is for"
_TOLD_ONCE = "the act that tells it: nothing was told before, and it is not done twice"
ASKED_AGAIN: dict[tuple[str, str], str] = {
    ("blueprint:work_obstacle", "unit"): "which other unit is asked",
    ("blueprint:work_cover", "unit"): "which other unit helped out",
    ("blueprint:work_lead", "decision"): _OTHER_THAN_NOW,
    ("blueprint:work_lead", "unit"): _OTHER_THAN_NOW,
    ("blueprint:work_parts", "due_on"): "a part without a day of its own is due with the whole",
    ("blueprint:meeting_speaker", "unit"): "the unit of the speaker, not of the meeting",
    ("blueprint:proposal_new", "unit"): "the unit of the speaker, not of the meeting",
    ("mentoring:child_guardian", "name"): _OTHER_PERSON,
    ("mentoring:child_guardian", "phone"): _OTHER_PERSON,
    ("mentoring:child_guardian", "id_number"): _OTHER_PERSON,
    ("mentoring:child_housemate", "name"): _OTHER_PERSON,
    ("mentoring:child_housemate", "phone"): _OTHER_PERSON,
    ("mentoring:child_housemate", "id_number"): _OTHER_PERSON,
    ("safeguarding:care_begin", "name"): _OTHER_PERSON,
    ("safeguarding:care_begin", "phone"): _OTHER_PERSON,
    ("outreach:channel", "address"): "a robot's address is shown on no page; left empty it stays",
    ("accounts:post_deputy", "until_on"): "of the deputy, not of the post",
    ("gatherings:gathering_copy", "begins_on"): "the day of the copy",
    ("gatherings:stop_new", "title"): "of the stop, not of the whole walk",
    ("gatherings:stop_new", "place"): "of the stop, not of the whole walk",
    ("gatherings:stop_new", "lat"): "of the stop, not of the whole walk",
    ("gatherings:stop_new", "lon"): "of the stop, not of the whole walk",
    ("gatherings:gathering_finish", "reported_attendance"): _TOLD_ONCE,
    ("gatherings:gathering_finish", "summary"): _TOLD_ONCE,
    ("mentoring:own_session", "mood"): _TOLD_ONCE,
    ("mentoring:session_report", "mood"): _TOLD_ONCE,
    ("safeguarding:care", "ended_with"): _TOLD_ONCE,
    ("employment:jobseeker_survey", "intention"): "what the call of this day says, whatever an earlier one said",
    ("employment:jobseeker_survey", "situation"): "what the call of this day says, whatever an earlier one said",
    ("employment:booth", "place"): "the booth within the place of the fair",
    ("employment:point_adviser_new", "name"): "of the adviser, not of the point",
    ("employment:jobseeker_appointment_move", "slot"): _OTHER_THAN_NOW,
    (
        "employment:jobseeker_story_new",
        "pseudonym",
    ): "for this story alone, so that no two lead to one person",
    ("employment:vacancy_edit", "places_max"): "one number is shown where both are the same",
    ("casework:resource_extend", "valid_until_on"): _OTHER_THAN_NOW,
}
