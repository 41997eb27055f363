"""Words going out: outbox, transports, templates, do-not-contact list, bell."""
