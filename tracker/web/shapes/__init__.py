"""What pages say, as data: the shapes of rows in JSON, in the reading interface and, laid flat, in CSV files.

Each shape is a pydantic model with a sentence for every field. From that one place come the answers themselves, the
OpenAPI document and the schema of the tables, so they cannot say different things.
"""
