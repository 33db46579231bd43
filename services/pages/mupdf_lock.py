"""The lock that every use of PyMuPDF holds: the library must not be used by two threads at the same time."""

import threading

mupdf_lock = threading.Lock()
