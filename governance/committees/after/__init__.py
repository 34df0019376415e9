"""What follows: the register of decisions and the actions that stay open across meetings."""
