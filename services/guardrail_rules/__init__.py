"""The parts of the guardrail's first line. Their door is `services.guardrail`."""
