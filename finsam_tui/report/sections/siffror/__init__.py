"""The sections of "Insatserna i siffror" (000)."""
