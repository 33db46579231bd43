"""Word files: opening them safely, reading their lines, writing single lines back. Knows no project, user or model."""
