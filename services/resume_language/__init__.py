"""The words that resumes are made of, in many languages: headings, dates, roles, places. Knows no document."""
