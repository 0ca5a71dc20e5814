"""The verbs: one small class or function per thing a person does."""
