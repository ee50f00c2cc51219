"""What hangs on jobseekers' files and vacancies, made by PostgreSQL itself out of the numbers of their rows.

Each statement takes ``on``, ``now`` and ``facts``. The divisors are primes, so that what depends on one does not go
along with what depends on another. Columns that are left out get the model's default (`bench.employment_district`).
"""

# Who works in each sub-district, in the order of their numbers.
_OFFICERS = """
WITH officers AS (
    SELECT u.id AS unit_id, u.path, array_agg(a.user_id ORDER BY a.user_id) AS users, count(*)::int AS many
    FROM accounts_unit u JOIN accounts_assignment a ON a.unit_id = u.id
    WHERE u.kind = 'subdistrict' AND a.role = 'employment_officer' GROUP BY u.id, u.path
), files AS (
    SELECT c.*, o.unit_id AS street_id, o.path, o.users[1 + c.id %% o.many] AS officer_id,
        row_number() OVER (PARTITION BY o.path ORDER BY c.id) AS place
    FROM casework_case c JOIN officers o ON c.unit_path LIKE o.path || '%%' WHERE c.programme = 'employment'
)
"""
_RECORDS = f"""
INSERT INTO casework_servicerecord (uid, kind, happened_on, minutes, outcome, topics, note, recorded_at, unit_path,
    by_id, case_id, withdraw_reason, withdrawn_by_id)
{_OFFICERS}
SELECT gen_random_uuid(),
    (ARRAY['phone_call', 'policy_briefing', 'career_guidance', 'training_offer', 'home_visit'])[1 + (f.id + n) %% 5],
    f.last_contact_on - 37 * n, 20, 'made', '[]', '', %(now)s, f.unit_path, f.officer_id, f.id, '', 0
FROM files f, generate_series(0, (f.id %% 6)::int) n
WHERE f.last_contact_on - 37 * n >= f.opened_on
"""
_CONSENTS = """
INSERT INTO people_consentrecord (purpose, legal_basis, given_on, note, recorded_by_id, person_id)
SELECT 'case_file', 'statutory_duty', opened_on, '', 0, person_id FROM casework_case WHERE programme = 'employment'
"""
_WISHES = """
INSERT INTO employment_jobwish (rank, words, occupation, case_id)
SELECT rank, w.title, w.occupation, c.id
FROM casework_case c, generate_series(1, (c.id %% 4)::int) rank, LATERAL (
    SELECT title, occupation FROM employment_vacancy
    WHERE id = (SELECT min(id) FROM employment_vacancy) + (c.id * 31 + rank * 7919) %% 1009
) w
WHERE c.programme = 'employment'
"""
# What only a person knows, and what has ended within a year; the nightly job adds those of the rules.
_TAGS = """
INSERT INTO employment_clienttag (kind, from_on, until_on, rule, end_reason, set_by_id, case_id)
SELECT (ARRAY['veteran', 'zero_employment', 'special_attention'])[1 + id / 53 %% 3], opened_on, NULL::date, '', '', 0,
    id
FROM casework_case WHERE programme = 'employment' AND state = 'open' AND id %% 53 = 0
UNION ALL
SELECT 'ltu_youth', opened_on, %(on)s::date - (id %% 360)::int, 'ltu_youth.2022',
    (ARRAY['at_work', 'age', 'rule'])[1 + id %% 3], 0, id
FROM casework_case WHERE programme = 'employment' AND id %% 11 = 0 AND opened_on < %(on)s::date - 360
"""
_IN_CHARGE = f"""
INSERT INTO employment_officerincharge (from_on, set_by_id, case_id, officer_id)
{_OFFICERS}
SELECT opened_on, 0, id, officer_id FROM files WHERE state = 'open' AND id %% 5 < 3
"""
_NEXT_STEPS = """
INSERT INTO casework_followup (kind, note, due_on, role, state, done_on, created_by_id, case_id)
SELECT (ARRAY['seeker_call', 'seeker_meet', 'seeker_vacancies', 'seeker_policy'])[1 + (id + n) %% 4], '',
    %(on)s::date + (id %% 211)::int - 190 - n, 'employment_officer',
    CASE WHEN id %% 41 = n THEN 'due' ELSE 'done' END,
    CASE WHEN id %% 41 = n THEN NULL ELSE %(on)s::date + (id %% 211)::int - 220 - n END, 0, id
FROM casework_case, generate_series(0, 1) n
WHERE programme = 'employment' AND state = 'open'
"""
_SOURCES = """
INSERT INTO employment_vacancysource (channel, name, reference, title, salary_text, told_at, vacancy_id)
SELECT (ARRAY['visit', 'employer', 'subdistrict', 'fair'])[1 + id %% 4], '', '', title, salary_text, made_at, id
FROM employment_vacancy
"""
# One employer's posts lie as many rows apart as there are employers.
_LIKENESSES = """
INSERT INTO employment_vacancylikeness (first_id, second_id, points, reasons, state, decided_by_id)
SELECT a.id, b.id, 60 + a.id %% 30, '["employer", "place", "title"]',
    CASE WHEN a.id %% 7 = 0 THEN 'different' ELSE 'open' END, 0
FROM employment_vacancy a JOIN employment_vacancy b
    ON b.id = a.id + (SELECT count(*) FROM employment_employer) AND b.employer_id = a.employer_id
WHERE a.id %% 11 = 0
"""
_VISITS = f"""
INSERT INTO employment_employervisit (uid, version, happened_on, is_online, learned, next_on, unit_path, recorded_at,
    withdrawn_by_id, by_id, employer_id, unit_id)
{_OFFICERS}
SELECT gen_random_uuid(), 1, %(on)s::date - (e.id %% 200)::int, e.id %% 3 = 0, '需要两名收银员，可以排早班。',
    CASE WHEN e.id %% 5 = 0 THEN %(on)s::date + (e.id %% 97)::int - 20 END, e.unit_path, %(now)s, 0, o.users[1], e.id,
    e.unit_id
FROM employment_employer e JOIN officers o ON o.unit_id = e.unit_id WHERE e.id %% 2 = 0
"""
# One employer of the district has a hundred posts.
_BIG_EMPLOYER = """
UPDATE employment_vacancy SET employer_id = (SELECT min(id) FROM employment_employer) WHERE id %% 1000 = 7
"""
_RUNS = f"""
INSERT INTO employment_shortlistrun (uid, unit_path, drawn_on, state, policy, summary, failure, made_at, told_by_id,
    told_at, made_by_id, unit_id)
{_OFFICERS}
SELECT gen_random_uuid(), path, %(on)s::date - 10, 'told', '{{}}', '{{}}', '',
    %(now)s::timestamptz - interval '10 days', users[1], %(now)s::timestamptz - interval '10 days', users[1], unit_id
FROM officers
"""
# Every fourth open file was told of four vacancies; where it stands goes by the step's number. Of one in thirteen files
# nobody has answered in time.
_RECOMMENDATIONS = f"""
INSERT INTO employment_recommendation (uid, version, rank, others, reasons, step, step_on, due_on, unit_path,
    made_by_id, made_at, case_id, vacancy_id, run_id, shared_with_id)
{_OFFICERS}, bounds AS (SELECT min(id) AS first, count(*) AS many FROM employment_vacancy), told AS (
    SELECT f.*, n, b.first + (f.id * 31 + n * 7919) %% b.many AS vacancy_id,
        (ARRAY['told', 'read', 'liked', 'dismissed', 'applied', 'invited', 'refused', 'hired', 'lapsed', 'lapsed',
            'dismissed', 'refused', 'lapsed'])[1 + (f.id + n * 5) %% 13] AS step,
        %(on)s::date - (f.id %% CASE WHEN f.id %% 13 = 0 THEN 17 ELSE 7 END)::int AS step_on
    FROM files f, bounds b, generate_series(1, 4) n WHERE f.state = 'open' AND f.id %% 4 = 0
)
SELECT gen_random_uuid(), 1, n, 3, '[]', t.step, t.step_on,
    CASE WHEN t.step IN ('told', 'read', 'liked', 'applied', 'invited') THEN t.step_on + 7
         WHEN t.step = 'hired' THEN t.step_on + 92 END,
    t.unit_path, t.officer_id, %(now)s::timestamptz - interval '20 days', t.id, t.vacancy_id, r.id,
    CASE WHEN t.step IN ('applied', 'invited', 'refused', 'hired') THEN v.employer_id END
FROM told t JOIN employment_shortlistrun r ON r.unit_id = t.street_id JOIN employment_vacancy v ON v.id = t.vacancy_id
"""
_STEPS = """
INSERT INTO employment_recommendationstep (uid, kind, happened_on, expected_on, at, by, by_id, reason, note,
    withdrawn_by_id, recommendation_id)
SELECT gen_random_uuid(), 'told', step_on - 3, NULL::date, %(now)s::timestamptz - interval '20 days', 'system', 0, '',
    '', 0, id
FROM employment_recommendation
UNION ALL
SELECT gen_random_uuid(), step, step_on, CASE WHEN step IN ('invited', 'hired') THEN step_on + 3 END,
    %(now)s::timestamptz - interval '10 days', 'officer', made_by_id,
    CASE WHEN step IN ('dismissed', 'refused', 'lapsed') THEN 'other' ELSE '' END, '', 0, id
FROM employment_recommendation WHERE step <> 'told'
"""
_PLACEMENTS = """
INSERT INTO employment_placement (uid, version, employer_name, title, kind, basis, started_on, end_reason, unit_path,
    recorded_at, withdrawn_by_id, case_id, employer_id, recorded_by_id, recommendation_id)
SELECT DISTINCT ON (r.case_id) gen_random_uuid(), 1, '', v.title, 'contract', 'said', r.step_on, '', r.unit_path,
    %(now)s::timestamptz, 0, r.case_id, v.employer_id, r.made_by_id, r.id
FROM employment_recommendation r JOIN employment_vacancy v ON v.id = r.vacancy_id WHERE r.step = 'hired'
ORDER BY r.case_id, r.id
"""
# Every place has a time every hour, some minutes beside those of the others of its sub-district.
_SLOTS = f"""
INSERT INTO employment_appointmentslot (uid, starts_at, ends_at, places, made_by_id, adviser_id, point_id)
{_OFFICERS}
SELECT gen_random_uuid(), t.starts_at, t.starts_at + interval '20 minutes', 2, 0,
    o.users[1 + (30 + day + p.id)::int %% o.many], p.id
FROM employment_servicepoint p JOIN officers o ON o.unit_id = p.unit_id,
    generate_series(-30, 30) day, generate_series(1, 7) hour, LATERAL (
        SELECT (%(on)s::date + day + time '01:00' + hour * interval '1 hour' + p.id %% 3 * interval '20 minutes')
            AT TIME ZONE 'UTC' AS starts_at
    ) t
"""
_APPOINTMENTS = f"""
INSERT INTO employment_appointment (uid, version, topic, state, note, booked_at, booked_by_id, case_id, slot_id)
{_OFFICERS}, slots AS (
    SELECT s.id, s.starts_at, p.unit_id, row_number() OVER (PARTITION BY p.unit_id ORDER BY s.id) AS place
    FROM employment_appointmentslot s JOIN employment_servicepoint p ON p.id = s.point_id
)
SELECT gen_random_uuid(), 1, 'guidance', CASE WHEN s.starts_at < %(now)s::timestamptz - interval '1 day'
    THEN (ARRAY['came', 'came', 'missed'])[1 + s.id %% 3] ELSE 'booked' END, '', %(now)s, 0, f.id, s.id
FROM slots s JOIN files f ON f.street_id = s.unit_id AND f.place = s.place WHERE s.id %% 3 <> 0
"""
_DUPLICATES = """
INSERT INTO people_possibleduplicate (first_id, second_id, points, reasons, state, decided_by_id, unit_path)
SELECT a.id, b.id, 60, '["name"]', 'open', 0, a.unit_path
FROM people_person a JOIN people_person b ON b.id = a.id + 1
WHERE a.programme = 'employment' AND b.programme = 'employment' AND a.id %% 199 = 0
"""
_FACTS = """
INSERT INTO ledger_fact (kind, subject_kind, subject_id, person_id, actor_id, unit_id, unit_path, happened_on,
    recorded_at, quantity, attributes, is_withdrawal)
WITH files AS (
    SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many
    FROM casework_case WHERE programme = 'employment'
)
SELECT (ARRAY['casework.case_opened', 'casework.service_made', 'employment.survey_answered', 'employment.recommended',
        'employment.step_said', 'employment.tag_set_by_rule', 'employment.appointment_booked'])[1 + n %% 7],
    'case', f.id, f.person_id, 0, f.unit_id, f.unit_path, %(on)s::date - (n %% 997)::int, %(now)s, 1, '{}', false
FROM files f, generate_series(0, %(facts)s / f.many) round, LATERAL (SELECT round * f.many + f.place AS n) numbered
WHERE n < %(facts)s
"""

# In this order: what is read has to be there.
RULES_OF_ROWS = (
    ("services", _RECORDS),
    ("consents", _CONSENTS),
    ("wishes", _WISHES),
    ("groups", _TAGS),
    ("officers in charge", _IN_CHARGE),
    ("next steps", _NEXT_STEPS),
    ("sources of vacancies", _SOURCES),
    ("likenesses", _LIKENESSES),
    ("visits to employers", _VISITS),
    ("one big employer", _BIG_EMPLOYER),
    ("lists of before", _RUNS),
    ("recommendations", _RECOMMENDATIONS),
    ("their steps", _STEPS),
    ("placements", _PLACEMENTS),
    ("times at service points", _SLOTS),
    ("appointments", _APPOINTMENTS),
    ("possible duplicates", _DUPLICATES),
    ("facts", _FACTS),
)
