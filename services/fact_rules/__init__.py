"""The rules behind the fact gate, one idea a module; `services/fact_gate.py` is their only caller."""
