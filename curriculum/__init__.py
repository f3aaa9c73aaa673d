"""What is taught: packs of skills, passages, items and templates, how they are graded and what of them is proved."""
