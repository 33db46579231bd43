"""Pages of PDFs as pictures: drawing them, marking lines on them, and doing so with files from outside."""
