"""When things happen: Prefect flows wake up, advance what is due, and end.

They never wait for a person. What may happen is decided in `governance`, which knows no Prefect.
"""
