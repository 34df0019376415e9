"""What the HR officer sees at one glance: the board, the quality of the process, a timeline."""
