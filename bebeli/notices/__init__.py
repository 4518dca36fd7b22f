"""The outbox: what people are told, each once, by e-mail and in the app. It knows no domain."""
