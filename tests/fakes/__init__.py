"""Stand-ins for what is outside the process: real servers on loopback."""
