"""Vacancies as machines exchange them: keys, cursors, what is told and what may be said."""
