"""What an answer means: how its sentences are meant, what its letters stand for, and what a formula is worth."""
