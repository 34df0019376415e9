"""When things happen: Prefect flows wake up, advance what is due, and end. They never wait for a person."""
