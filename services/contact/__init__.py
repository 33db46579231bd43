"""Finding a person's own contact data in the lines of a resume. Knows no model and no storage."""
