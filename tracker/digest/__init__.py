"""The weekly digest: what changed, who has not answered, what is due. Pure: facts in, content out, content drawn."""
