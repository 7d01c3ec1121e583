"""What is told to people outside the page they are on: notices, mail, web push, reminders, quiet hours."""
