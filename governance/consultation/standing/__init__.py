"""Who may answer for whom: offices and their holders, substitutes, delegates, who steps back."""
