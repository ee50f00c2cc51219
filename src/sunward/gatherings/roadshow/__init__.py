"""Planning a roadshow: what is asked for goes in, a proven timetable with its reasons comes out. Knows no database."""
