"""Comparing a resume with what a job asks for: named things, degrees, years, and the report."""
