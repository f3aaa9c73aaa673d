"""Speed, as ratios against a peer or a bound in the same run. Each module is a command that prints a table."""
