"""What is allowed: appointments and committee governance. Nothing in here knows Prefect."""
