"""Reading job advertisements by rules: position, employer, language, and what is demanded or wished."""
