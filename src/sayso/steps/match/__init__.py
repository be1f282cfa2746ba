"""What is found across documents."""
