"""Everything behind `services/pdf_service.py`: LibreOffice kept warm, fenced in and shared by all worker processes."""
