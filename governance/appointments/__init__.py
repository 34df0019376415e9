"""Appointments: a post, a case on a procedure, its candidacies, from launch to entry on duty."""
