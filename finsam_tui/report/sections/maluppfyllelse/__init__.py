"""The sections of goal fulfilment (001, 004)."""
