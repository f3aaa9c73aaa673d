"""Text to a document: mathematics and prose told apart, cut into sentences, and read to chains of relations."""
