"""A model that needs no key and no network: rules behind the chat-completions protocol. It invents nothing."""
