"""Who may be one person under two spellings: found by the program, said by a person."""
