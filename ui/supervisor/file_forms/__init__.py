"""The forms in which staff do something with a person's file, each opened in place by its button or its key."""
