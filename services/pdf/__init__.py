"""How a PDF page becomes lines of text: fragments, columns, rows, paragraphs. Knows no resume words."""
