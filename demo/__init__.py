"""What `make demo` is made of: the bootstrap, the services, the supervisor and the story."""
