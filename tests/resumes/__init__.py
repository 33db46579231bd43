"""Synthetic resumes as plain lines, with the values a person reads in them. All people and firms are made up."""
