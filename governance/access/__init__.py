"""Who is this, how surely do we know, and what may they do and see."""
