"""Evidence: files that candidates and officers give, looked through before they are kept sealed."""
